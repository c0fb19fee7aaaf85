import type { HeadId } from '../citizen-controls.ts';

/** Who is generated. All of them are invented; a seed decides the features, so the same seed is the same face. */
export interface Identity {
  readonly id: HeadId;
  readonly ethnicity: 'asian' | 'african' | 'caucasian';
  readonly sex: 'female' | 'male';
  /** MakeHuman knows no other grown ages; a middle-aged skin goes with a young shape. */
  readonly age: 'young' | 'old';
  readonly seed: number;
  /** Paths below the package's data folder. */
  readonly skin: string;
  /** How much of the smile's targets this face takes before its lips fold inwards; all unless told. */
  readonly smile?: number;
  /** Factor on the skin's colours. */
  readonly brightness?: number;
  readonly hair: string;
  readonly brows: string;
  readonly eyes: string;
  /** Colour of the frame of whoever wears glasses. */
  readonly glasses?: number;
  readonly tints: { readonly hair: number; readonly shirt: number };
}

/**
 * MakeHuman's dark skins give back a seventh of the light that its light ones do. The darkest of real skins (Fitzpatrick
 * type VI) gives back about a quarter, and a camera is to be met as it is met in a hall.
 */
const DARK_SKIN = 1.3;

export const IDENTITIES: readonly Identity[] = [
  {
    id: 'lin',
    ethnicity: 'asian',
    sex: 'male',
    age: 'young',
    seed: 9,
    skin: 'skins/young_asian_male/textures/young_lightskinned_male_diffuse3.png',
    hair: 'short04',
    brows: 'eyebrow006',
    eyes: 'brown_eye',
    tints: { hair: 0x6a5f58, shirt: 0x31507a },
  },
  {
    id: 'mei',
    ethnicity: 'asian',
    sex: 'female',
    age: 'young',
    seed: 23,
    skin: 'skins/young_asian_female/textures/young_lightskinned_female_diffuse3.png',
    smile: 0.65,
    hair: 'ponytail01',
    brows: 'eyebrow001',
    eyes: 'brown_eye',
    tints: { hair: 0x6a5f58, shirt: 0x7a3145 },
  },
  {
    id: 'ada',
    ethnicity: 'african',
    sex: 'female',
    age: 'young',
    seed: 41,
    skin: 'skins/young_african_female/textures/young_darkskinned_female_diffuse.png',
    brightness: DARK_SKIN,
    hair: 'afro01',
    brows: 'eyebrow003',
    eyes: 'brown_eye',
    tints: { hair: 0x8a7466, shirt: 0xc28b2c },
  },
  {
    id: 'kofi',
    ethnicity: 'african',
    sex: 'male',
    age: 'old',
    seed: 57,
    skin: 'skins/old_african_male/textures/old_darkskinned_male_diffuse.png',
    brightness: DARK_SKIN,
    hair: 'short02',
    brows: 'eyebrow008',
    eyes: 'brown_eye',
    tints: { hair: 0xb0aaa4, shirt: 0x4b6b52 },
  },
  {
    id: 'vera',
    ethnicity: 'caucasian',
    sex: 'female',
    age: 'old',
    seed: 64,
    skin: 'skins/old_caucasian_female/textures/old_lightskinned_female_diffuse.png',
    hair: 'long01',
    brows: 'eyebrow010',
    eyes: 'grey_eye',
    glasses: 0x5a2430,
    tints: { hair: 0xd8d4cf, shirt: 0x5b4a78 },
  },
  {
    id: 'otto',
    ethnicity: 'caucasian',
    sex: 'male',
    age: 'old',
    seed: 78,
    skin: 'skins/old_caucasian_male/textures/old_lightskinned_male_diffuse.png',
    hair: 'short01',
    brows: 'eyebrow012',
    eyes: 'lightblue_eye',
    glasses: 0x24262b,
    tints: { hair: 0xc9c5c0, shirt: 0x3b4350 },
  },
  {
    id: 'nina',
    ethnicity: 'caucasian',
    sex: 'female',
    age: 'young',
    seed: 83,
    skin: 'skins/young_caucasian_female/textures/young_lightskinned_female_diffuse.png',
    hair: 'bob01',
    brows: 'eyebrow002',
    eyes: 'green_eye',
    tints: { hair: 0xc08a52, shirt: 0x2f6f73 },
  },
  {
    id: 'juan',
    ethnicity: 'caucasian',
    sex: 'male',
    age: 'young',
    seed: 95,
    skin: 'skins/young_caucasian_male/textures/young_lightskinned_male_diffuse2.png',
    hair: 'short02',
    brows: 'eyebrow009',
    eyes: 'brownlight_eye',
    tints: { hair: 0x7a5a44, shirt: 0x8c3b2e },
  },
  {
    id: 'zola',
    ethnicity: 'african',
    sex: 'female',
    age: 'young',
    seed: 102,
    skin: 'skins/middleage_african_female/textures/middleage_darkskinned_female_diffuse.png',
    brightness: DARK_SKIN,
    hair: 'ponytail01',
    brows: 'eyebrow004',
    eyes: 'brown_eye',
    tints: { hair: 0x5d5048, shirt: 0xb5526a },
  },
  {
    id: 'haru',
    ethnicity: 'asian',
    sex: 'male',
    age: 'old',
    seed: 117,
    skin: 'skins/old_asian_male/textures/old_lightskinned_male_diffuse2.png',
    hair: 'short04',
    brows: 'eyebrow011',
    eyes: 'brown_eye',
    tints: { hair: 0xbab6b2, shirt: 0x6d6a5c },
  },
];
