import en from '../../resources/locales/dock.en.json' with { type: 'json' };
import zh from '../../resources/locales/dock.zh-CN.json' with { type: 'json' };
import { type Catalogues, translateEach } from './translator.ts';

export type DockKey = keyof typeof zh;

/** Every text of the dock's screens. A key that one language lacks does not compile. */
export const dockCatalogues: Catalogues<DockKey> = { 'zh-CN': zh, en };

export const dockTexts = translateEach(dockCatalogues);
