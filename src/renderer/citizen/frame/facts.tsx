import type { JSX } from 'preact';

/** A name and its value; `digits` for a value that is compared character by character. */
export type Fact = readonly [name: string, value: string, look?: 'digits'];

/** Names and values in two columns, or, where there is little width, each name over its value. */
export function Facts(props: { readonly facts: readonly Fact[]; readonly narrow?: boolean }): JSX.Element {
  return (
    <dl class={props.narrow ? 'facts facts--narrow' : 'facts'}>
      {props.facts.map(([name, value, look]) => (
        <div key={name} class="facts__row">
          <dt>{name}</dt>
          <dd class={look === undefined ? undefined : 'facts__digits'}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
