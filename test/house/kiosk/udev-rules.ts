/** One comparison or assignment of a rule: `ATTRS{idVendor}=="1a86"`. */
export interface RulePart {
  readonly key: string;
  readonly operator: '==' | '!=' | '=' | '+=' | '-=' | ':=';
  readonly value: string;
}
export type Rule = readonly RulePart[];

const COMPARED = /^(ACTION|SUBSYSTEMS?|KERNELS?|DRIVERS?|ATTRS?\{[\w/.]+\}|ENV\{\w+\}|TAGS?|DEVPATH)$/;
const ASSIGNED = /^(GROUP|MODE|OWNER|TAG|SYMLINK\+?|ENV\{\w+\}|GOTO|LABEL|OPTIONS)$/;

/**
 * Reads a rules file as udev(7) describes it.
 *
 * @throws Error that names the line of what udev would not understand.
 */
export function parseRules(text: string): readonly Rule[] {
  return text.split('\n').flatMap((line, index): Rule[] => {
    if (line.trim() === '' || line.startsWith('#')) return [];
    const parts = line.split(/,\s*(?=[A-Z])/).map((part) => parsePart(part, index + 1));
    return [parts];
  });
}

function parsePart(text: string, line: number): RulePart {
  const [, key = '', operator = '', value = ''] =
    /^([A-Z]+(?:\{[^}]+\})?)(==|!=|\+=|-=|:=|=)"([^"]*)"$/.exec(text) ?? [];
  const compares = operator === '==' || operator === '!=';
  if (key === '' || !(compares ? COMPARED : ASSIGNED).test(key)) {
    throw new Error(`line ${line}: udev does not understand ${text}`);
  }
  return { key, operator: operator as RulePart['operator'], value };
}

/** What a rule asks of a device. */
export function comparedBy(rule: Rule): Readonly<Record<string, string>> {
  return Object.fromEntries(
    rule.filter(({ operator }) => operator === '==').map(({ key, value }) => [key, value]),
  );
}

/** What a rule does to a device, as `key` and operator with value. */
export function setBy(rule: Rule): Readonly<Record<string, string>> {
  return Object.fromEntries(
    rule
      .filter(({ operator }) => operator !== '==' && operator !== '!=')
      .map(({ key, operator, value }) => [`${key}${operator}`, value]),
  );
}
