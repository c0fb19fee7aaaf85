import { createRequire } from 'node:module';

/** Files of a typeface in the two weights that the slip uses. */
export interface SlipFonts {
  readonly regular: string;
  readonly bold: string;
}

const require = createRequire(import.meta.url);
const PACKAGE = '@expo-google-fonts/noto-sans-sc';

/** Noto Sans SC has all 6763 characters of GB 2312 and the rare ones that names are written with. */
export function notoSansSc(): SlipFonts {
  return {
    regular: require.resolve(`${PACKAGE}/400Regular/NotoSansSC_400Regular.ttf`),
    bold: require.resolve(`${PACKAGE}/700Bold/NotoSansSC_700Bold.ttf`),
  };
}
