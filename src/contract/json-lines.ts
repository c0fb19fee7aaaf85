/**
 * Lines of a JSON text's values by their path (`devices.0.baudRate`), so that a fault found after parsing can name the
 * line that a technician has to look at. The text must be valid JSON.
 */
export function jsonLines(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  const tokens = text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+|\n/g);
  /** Open objects and arrays: where they are, and the key or index that comes next. */
  const open: { readonly path: string; readonly array: boolean; next: string }[] = [];
  let line = 1;
  let lastString = '';
  const here = () => {
    const top = open.at(-1);
    return top === undefined ? '' : top.path === '' ? top.next : `${top.path}.${top.next}`;
  };
  let expectsKey = false;
  for (const [token] of tokens) {
    const top = open.at(-1);
    switch (token) {
      case '\n':
        line += 1;
        break;
      case '{':
      case '[':
        lines.set(here(), lines.get(here()) ?? line);
        open.push({ path: here(), array: token === '[', next: '0' });
        expectsKey = token === '{';
        break;
      case '}':
      case ']':
        open.pop();
        expectsKey = false;
        break;
      case ':':
        if (top) top.next = lastString;
        lines.set(here(), line);
        expectsKey = false;
        break;
      case ',':
        if (top?.array) top.next = String(Number(top.next) + 1);
        expectsKey = top?.array === false;
        break;
      default:
        if (expectsKey) lastString = JSON.parse(token) as string;
        else if (!lines.has(here())) lines.set(here(), line);
    }
  }
  return lines;
}
