import { type Codec, mapped } from './codec.ts';
import { unsigned } from './scalars.ts';

/** NumericDate (RFC 8392 section 2): whole seconds since 1970 on the wire, milliseconds in memory. */
export const numericDate: Codec<number> = mapped(unsigned(253_402_300_799), {
  shape: 'uint, s since 1970',
  write: (milliseconds: number) => {
    if (milliseconds % 1000 !== 0) throw new RangeError('times in a CWT are whole seconds');
    return milliseconds / 1000;
  },
  read: (seconds) => seconds * 1000,
});
