/** Who is generated. All of them are invented; a seed decides the features, so the same seed is the same face. */
export interface Identity {
  readonly id: string;
  readonly ethnicity: 'asian' | 'african' | 'caucasian';
  readonly sex: 'female' | 'male';
  readonly seed: number;
  /** Paths below the package's data folder. */
  readonly skin: string;
  readonly hair: string;
  readonly brows: string;
  readonly eyes: string;
  readonly tints: { readonly hair: number; readonly shirt: number };
}

export const IDENTITIES: readonly Identity[] = [
  {
    id: 'lin',
    ethnicity: 'asian',
    sex: 'male',
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
    seed: 23,
    skin: 'skins/young_asian_female/textures/young_lightskinned_female_diffuse3.png',
    hair: 'ponytail01',
    brows: 'eyebrow001',
    eyes: 'brown_eye',
    tints: { hair: 0x6a5f58, shirt: 0x7a3145 },
  },
];
