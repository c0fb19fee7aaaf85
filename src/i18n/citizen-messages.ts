import en from '../../resources/locales/citizen.en.json' with { type: 'json' };
import zh from '../../resources/locales/citizen.zh-CN.json' with { type: 'json' };
import { type Catalogues, translateEach } from './translator.ts';

export type CitizenKey = keyof typeof zh;

/** Every text of the citizen's screens. A key that one language lacks does not compile. */
export const citizenCatalogues: Catalogues<CitizenKey> = { 'zh-CN': zh, en };

export const citizenTexts = translateEach(citizenCatalogues);
