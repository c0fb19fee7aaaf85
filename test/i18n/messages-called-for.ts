/**
 * The message keys that sources ask for, as patterns that match a whole key.
 *
 * A key stands in `t('a.b')`, in `t(`a.${x}`)` or, where a table leads from a value to its key, as a literal of its own
 * with a dot in it. The compiler checks each against the catalogue's keys; this is for the way back.
 */
export function messagesCalledFor(sources: readonly string[]): readonly RegExp[] {
  const patterns = new Set<string>();
  for (const source of sources) {
    const bare = source.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$|^import .*$/gm, '');
    for (const [, key] of bare.matchAll(/'([a-z][a-z-]*(?:\.[a-zA-Z-]+)+)'/g))
      patterns.add(escaped(key ?? ''));
    for (const [, key] of bare.matchAll(/`([a-z][a-z-]*\.[^`]*)`/g)) {
      patterns.add(
        (key ?? '')
          .split(/\$\{[^}]*\}/)
          .map(escaped)
          .join('[a-zA-Z-]+'),
      );
    }
  }
  return [...patterns].map((pattern) => new RegExp(`^${pattern}$`));
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
