import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = resolve(import.meta.dirname, '../../../resources/systemd');

/** Lines of a unit in their order: section, directive, value. */
export interface UnitLine {
  readonly section: string;
  readonly name: string;
  readonly value: string;
}

/** Reads a unit file as systemd.syntax(7) describes it, as far as ours go: no continued lines. */
export function readUnit(name: string): readonly UnitLine[] {
  return parseUnit(readFileSync(join(folder, name), 'utf8'));
}

export function parseUnit(text: string): readonly UnitLine[] {
  let section = '';
  return text.split('\n').flatMap((line, index): UnitLine[] => {
    if (line.trim() === '' || /^[#;]/.test(line)) return [];
    const head = /^\[(\w+)\]$/.exec(line)?.[1];
    if (head !== undefined) {
      section = head;
      return [];
    }
    const [, directive, value] = /^([A-Z]\w+)=(.*)$/.exec(line) ?? [];
    if (directive === undefined || value === undefined || section === '') {
      throw new Error(`line ${index + 1} is neither a section nor a directive: ${line}`);
    }
    return [{ section, name: directive, value }];
  });
}

/** Every value of a directive, in order. */
export function valuesOf(unit: readonly UnitLine[], name: string): readonly string[] {
  return unit.filter((line) => line.name === name).map(({ value }) => value);
}
