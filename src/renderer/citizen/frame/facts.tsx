import type { JSX } from 'preact';

/** A name and its value. */
export type Fact = readonly [string, string];

/** Names and values in two columns, or, where there is little width, each name over its value. */
export function Facts(props: { readonly facts: readonly Fact[]; readonly narrow?: boolean }): JSX.Element {
  return (
    <dl class={props.narrow ? 'facts facts--narrow' : 'facts'}>
      {props.facts.map(([name, value]) => (
        <div key={name} class="facts__row">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
