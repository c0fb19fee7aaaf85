import type { ComponentChildren, JSX } from 'preact';

/** One subject of a page: its name, its state in a word, what there is to know, what there is to do. */
export function Panel(props: {
  readonly name: string;
  readonly title: string;
  readonly state?: JSX.Element | null;
  readonly wide?: boolean;
  readonly children: ComponentChildren;
}): JSX.Element {
  const id = `panel-${props.name}`;
  return (
    <section class={props.wide ? 'panel panel--wide' : 'panel'} data-panel={props.name} aria-labelledby={id}>
      <header class="panel__head">
        <h2 id={id}>{props.title}</h2>
        {props.state}
      </header>
      {props.children}
    </section>
  );
}

/** Names and values, one pair a line. */
export function Facts(props: {
  readonly rows: readonly (readonly [name: string, value: ComponentChildren, mark?: string])[];
}): JSX.Element {
  return (
    <dl class="facts">
      {props.rows.map(([name, value, mark]) => (
        <div key={name} class="facts__row" data-fact={mark}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
