import * as v from 'valibot';

/** Characters of a fault script at most. */
export const LONGEST_SCRIPT = 4000;

/** Why a fault script was not taken; its format stands in `drivers/simulator/fault-script.ts`. */
export const SCRIPT_MISTAKES = [
  'too-long',
  'too-many-rules',
  'no-rule',
  'no-such-occasion',
  'no-such-fault',
  'wrong-number',
  'not-for-codes',
] as const;
const ScriptMistakeSchema = v.strictObject({
  /** From 1. */
  line: v.number(),
  reason: v.picklist(SCRIPT_MISTAKES),
});
export type ScriptMistake = v.InferOutput<typeof ScriptMistakeSchema>;

/** How a simulated receipt printer stands. */
const PrinterConditionSchema = v.strictObject({
  paper: v.picklist(['plenty', 'low', 'none']),
  cover: v.picklist(['closed', 'open']),
  cutter: v.picklist(['well', 'jammed']),
  /** `silent`: it takes everything and answers nothing. */
  answers: v.picklist(['all', 'silent']),
});

/** Lines of paper that the dock shows at most: the last ones. */
export const MOST_PAPER_LINES = 300;
const PaperLineSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('text'),
    text: v.string(),
    centred: v.boolean(),
    bold: v.boolean(),
    double: v.boolean(),
  }),
  /** `dots`: dots of the paper on a side of a module. */
  v.strictObject({ kind: v.literal('qr'), dots: v.number(), text: v.string() }),
]);

/** A receipt printer and a status lamp. */
const CounterSchema = v.strictObject({
  printer: v.strictObject({
    plugged: v.boolean(),
    condition: PrinterConditionSchema,
    /** What hangs from it, or the last receipt when nothing does. */
    paper: v.strictObject({
      lines: v.pipe(v.array(PaperLineSchema), v.maxLength(MOST_PAPER_LINES)),
      isCut: v.boolean(),
    }),
  }),
  lamp: v.strictObject({
    plugged: v.boolean(),
    green: v.boolean(),
    amber: v.boolean(),
    red: v.boolean(),
  }),
});
export type CounterState = v.InferOutput<typeof CounterSchema>;

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
      /** Rules of the fault script that were not used yet, one a line. */
      faults: v.string(),
      /** Null where neither stands. */
      counter: v.nullable(CounterSchema),
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
    input: v.strictObject({
      device: v.picklist(['reader', 'scanner', 'printer', 'lamp']),
      plugged: v.boolean(),
    }),
    output: v.strictObject({}),
  },
  setPrinter: { input: PrinterConditionSchema, output: v.strictObject({}) },
  /** Takes away all paper that came out of the printer. */
  tearOff: { input: v.strictObject({}), output: v.strictObject({}) },
  /** How the devices misbehave from now on; an empty script makes them well-behaved. With a mistake nothing changes. */
  setFaults: {
    input: v.strictObject({ script: v.pipe(v.string(), v.maxLength(LONGEST_SCRIPT)) }),
    output: v.strictObject({ mistake: v.nullable(ScriptMistakeSchema) }),
  },
  setNetwork: { input: v.strictObject({ network: v.picklist(['up', 'cut']) }), output: v.strictObject({}) },
} as const;
export type DockMethods = typeof DOCK_METHODS;
export const DOCK_PUSHES = {} as const;
