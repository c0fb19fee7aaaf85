declare module 'pinyinlite' {
  /** Readings without tones of each character, ü written v; an empty list for what it does not know. */
  export default function pinyinlite(text: string): string[][];
}
