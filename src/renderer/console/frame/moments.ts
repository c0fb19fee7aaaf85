import type { Language } from '#domain/language.ts';

/** China has one time zone; a terminal's own zone setting must not change what staff read. */
const timeZone = 'Asia/Shanghai';

const format = new Intl.DateTimeFormat('sv-SE', {
  timeZone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** `2026-11-23 10:15:02`, the same in every language: moments are compared with log files. */
export function moment(at: number): string {
  return format.format(at);
}

const numbers: Readonly<Record<Language, Intl.NumberFormat>> = {
  'zh-CN': new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 1 }),
  en: new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 }),
};

/** Octets in kilobytes or megabytes. */
export function size(language: Language, octets: number): string {
  return octets < 1_000_000
    ? `${numbers[language].format(octets / 1_000)} kB`
    : `${numbers[language].format(octets / 1_000_000)} MB`;
}

/** Milliseconds as `1:05` or `2:03:10`, for what counts down. */
export function countdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1_000));
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const [hours = 0, ...rest] = parts;
  const shown = hours > 0 ? [hours, ...rest] : rest;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

/** A clock's difference with its sign, e.g. `+0.4 s`. */
export function skew(language: Language, milliseconds: number): string {
  const sign = milliseconds < 0 ? '−' : '+';
  return `${sign}${numbers[language].format(Math.abs(milliseconds) / 1_000)} s`;
}
