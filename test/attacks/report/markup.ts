/** Text that is HTML already. */
export interface Markup {
  readonly markup: string;
}

type Part = Markup | string | number;

/** A template whose values are escaped unless they are markup themselves. */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Markup {
  const markup = strings.reduce((text, string, index) => {
    const value = index === 0 ? undefined : values[index - 1];
    return text + (value === undefined ? '' : written(value)) + string;
  }, '');
  return { markup };
}

export function element(tag: string, name: string, children: readonly Markup[]): Markup {
  return { markup: `<${tag} class="${name}">${children.map(({ markup }) => markup).join('')}</${tag}>` };
}

export function cell(text: string): Markup {
  return html`${text}`;
}

export function table(head: readonly string[], rows: readonly (readonly Markup[])[]): Markup {
  const headings = head.map((text) => html`<th>${text}</th>`.markup).join('');
  const body = rows
    .map((row) => `<tr>${row.map(({ markup }) => `<td>${markup}</td>`).join('')}</tr>`)
    .join('');
  return { markup: `<table><thead><tr>${headings}</tr></thead><tbody>${body}</tbody></table>` };
}

function written(value: Part): string {
  if (typeof value === 'object') return value.markup;
  return String(value)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
