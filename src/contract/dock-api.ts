import * as v from 'valibot';

/**
 * The dock: a technician's or developer's hands on the simulated devices. Served by the simulators' own process, which
 * production builds do not contain.
 */
export const DOCK_METHODS = {
  state: {
    input: v.strictObject({}),
    output: v.strictObject({
      people: v.array(v.strictObject({ id: v.string(), name: v.string(), note: v.string() })),
      card: v.nullable(v.string()),
      readerPlugged: v.boolean(),
      scannerPlugged: v.boolean(),
      network: v.picklist(['up', 'cut']),
      cardFault: v.nullable(v.string()),
    }),
  },
  insertCard: {
    input: v.strictObject({ person: v.pipe(v.string(), v.maxLength(60)) }),
    output: v.strictObject({}),
  },
  liftCard: { input: v.strictObject({}), output: v.strictObject({}) },
  /** Holds a QR code in front of the scanner. */
  showCode: {
    input: v.strictObject({ text: v.pipe(v.string(), v.maxLength(4296)) }),
    output: v.strictObject({}),
  },
  plug: {
    input: v.strictObject({ device: v.picklist(['reader', 'scanner']), plugged: v.boolean() }),
    output: v.strictObject({}),
  },
  /** The next read fails like this; `none` clears. */
  faultNextRead: {
    input: v.strictObject({
      fault: v.picklist([
        'none',
        'bad-checksum',
        'cut-short',
        'silence',
        'read-failed',
        'card-refused',
        'self-test',
      ]),
    }),
    output: v.strictObject({}),
  },
  setNetwork: { input: v.strictObject({ network: v.picklist(['up', 'cut']) }), output: v.strictObject({}) },
} as const;
export type DockMethods = typeof DOCK_METHODS;
export const DOCK_PUSHES = {} as const;
