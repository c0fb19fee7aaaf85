import type { Language } from '#domain/language.ts';
import en from '../../../../resources/locales/slip.en.json' with { type: 'json' };
import zh from '../../../../resources/locales/slip.zh-CN.json' with { type: 'json' };

export type SlipKey = keyof typeof zh;

/** Every text of the slip. A key that one language lacks does not compile. */
export const SLIP_TEXTS: Readonly<Record<Language, Readonly<Record<SlipKey, string>>>> = { 'zh-CN': zh, en };
