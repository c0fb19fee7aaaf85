import type { Result } from '#domain/result.ts';

export interface DecodedPortrait {
  readonly mime: 'image/webp' | 'image/png' | 'image/jpeg' | 'image/bmp';
  readonly bytes: Uint8Array;
}

export type PortraitFault =
  /** Nothing here knows this coding. */
  'no-decoder' | 'failed' | 'too-slow';

/** Turns the chip's 1024 portrait bytes (WLT-coded on real cards) into a picture. Never rejects. */
export interface PortraitDecoder {
  decode(photo: Uint8Array): Promise<Result<DecodedPortrait, PortraitFault>>;
}
