/** A card of nobody: blanks for a text, one byte for a photo. In a masked recording nothing of it is left anyway. */
export const STRICT_CARD = {
  kind: 'identity',
  text: new Uint8Array(256).fill(0x20),
  photo: new Uint8Array(1024).fill(0x5a),
} as const;
