import en from '../../resources/locales/phone.en.json' with { type: 'json' };
import zh from '../../resources/locales/phone.zh-CN.json' with { type: 'json' };
import { type Catalogues, translateEach } from './translator.ts';

export type PhoneKey = keyof typeof zh;

/** Every text of the phone's screens. A key that one language lacks does not compile. */
export const phoneCatalogues: Catalogues<PhoneKey> = { 'zh-CN': zh, en };

export const phoneTexts = translateEach(phoneCatalogues);
