import en from '../../resources/locales/name-keyboard.en.json' with { type: 'json' };
import zh from '../../resources/locales/name-keyboard.zh-CN.json' with { type: 'json' };
import { type Catalogues, translateEach } from './translator.ts';

export type NameKeyboardKey = keyof typeof zh;

/** Every text of the keyboard that names are typed with. */
export const nameKeyboardCatalogues: Catalogues<NameKeyboardKey> = { 'zh-CN': zh, en };

export const nameKeyboardTexts = translateEach(nameKeyboardCatalogues);
