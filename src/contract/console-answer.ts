import * as v from 'valibot';

/** What a method of the console answers that needs a permission. */
export const allowed = <S extends v.GenericSchema>(view: S) =>
  v.variant('kind', [
    v.strictObject({ kind: v.literal('view'), view }),
    v.strictObject({ kind: v.literal('not-allowed') }),
  ]);
