import en from '../../resources/locales/console.en.json' with { type: 'json' };
import zh from '../../resources/locales/console.zh-CN.json' with { type: 'json' };
import { type Catalogues, translateEach } from './translator.ts';

export type ConsoleKey = keyof typeof zh;

/** Every text of the console. A key that one language lacks does not compile. */
export const consoleCatalogues: Catalogues<ConsoleKey> = { 'zh-CN': zh, en };

export const consoleTexts = translateEach(consoleCatalogues);
