import * as v from 'valibot';
import { deviceClash } from './device-clash.ts';

/**
 * One device to drive: what it is, where it is plugged in, what it speaks. The settings' `devices` and the saved list
 * of a technician hold devices of this shape; `device-profile.ts` holds what is known of a model before it is bought.
 */
export const DEVICE_ROLES = ['reader', 'scanner', 'printer', 'lamp'] as const;
export type DeviceRole = (typeof DEVICE_ROLES)[number];

const whole = (smallest: number, largest: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(smallest), v.maxValue(largest));
const usbNumber = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{4}$/, 'must be four hexadecimal digits, small letters'),
);
const devicePath = v.pipe(v.string(), v.startsWith('/'), v.maxLength(400));
const modelName = v.pipe(v.string(), v.minLength(1), v.maxLength(120));

export const BAUD_RATES = [115200, 57600, 38400, 19200, 9600] as const;
export type BaudRate = (typeof BAUD_RATES)[number];

/** What the USB descriptors say. Without a serial number the first device that fits is taken. */
export const UsbIdentitySchema = v.strictObject({
  vendorId: usbNumber,
  productId: usbNumber,
  serialNumber: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(126))),
});
export type UsbIdentity = v.InferOutput<typeof UsbIdentitySchema>;

const oneOfPathAndUsb = <
  T extends { readonly path?: string | undefined; readonly usb?: UsbIdentity | undefined },
>(
  place: T,
) => (place.path === undefined) !== (place.usb === undefined);
const ONE_PLACE = 'must name either "path" or "usb"';

/** UART, USB serial adapter, CDC-ACM or pseudo-terminal, 8N1 without flow control. `path` is best one of `/dev/serial`. */
export const SerialConnectionSchema = v.pipe(
  v.strictObject({
    transport: v.literal('serial'),
    path: v.optional(devicePath),
    usb: v.optional(UsbIdentitySchema),
    /** `probe`: each rate is tried until the reader answers; readers only. */
    baudRate: v.union([v.picklist(BAUD_RATES), v.literal('probe')]),
  }),
  v.check(oneOfPathAndUsb, ONE_PLACE),
);
export type SerialConnection = v.InferOutput<typeof SerialConnectionSchema>;

/** Raw reports; `path` is a hidraw file. */
export const HidConnectionSchema = v.pipe(
  v.strictObject({
    transport: v.literal('hid'),
    path: v.optional(devicePath),
    usb: v.optional(UsbIdentitySchema),
    /** 0 where the device numbers no reports. */
    reportId: v.optional(whole(0, 255), 0),
    /** Bytes of a report without its id. */
    reportSize: v.optional(whole(8, 1024), 64),
  }),
  v.check(oneOfPathAndUsb, ONE_PLACE),
);
export type HidConnection = v.InferOutput<typeof HidConnectionSchema>;

/** A serial server or the bridge of a gate: bytes as on the serial line, without its rate. Names no host but the operator's. */
export const TcpConnectionSchema = v.strictObject({
  transport: v.literal('tcp'),
  host: v.pipe(v.string(), v.minLength(1), v.maxLength(255)),
  port: whole(1, 65535),
});
export type TcpConnection = v.InferOutput<typeof TcpConnectionSchema>;

export const ConnectionSchema = v.variant('transport', [
  SerialConnectionSchema,
  HidConnectionSchema,
  TcpConnectionSchema,
]);
export type Connection = v.InferOutput<typeof ConnectionSchema>;

/** A reader with a security module, GA/T 467. */
export const ReaderSchema = v.strictObject({
  role: v.literal('reader'),
  model: modelName,
  simulated: v.boolean(),
  protocol: v.literal('sdt'),
  connection: ConnectionSchema,
  /** Milliseconds between two looks for a card. */
  pollInterval: v.optional(whole(50, 5000), 200),
  /** Milliseconds that a freshly opened device gets before the first command. */
  settleTime: v.optional(whole(0, 5000), 300),
  /** Milliseconds that the module may think, without the time the bytes take on the line. What is left out is usual. */
  thinkingTimes: v.optional(
    v.strictObject({
      find: v.optional(whole(50, 10_000)),
      select: v.optional(whole(50, 10_000)),
      read: v.optional(whole(200, 20_000)),
      other: v.optional(whole(50, 10_000)),
    }),
    {},
  ),
  quirks: v.optional(
    v.strictObject({
      /** Asks for the fingerprints too (30 10 in place of 30 01). Nothing in this product uses them. */
      readsFingerprints: v.optional(v.boolean(), false),
      /**
       * How a card that was read is seen to lie there still: by its newest address (30 03 answers 90 or 91) as usual, or
       * by finding it anew where the model finds a card that it has read.
       */
      presence: v.optional(v.picklist(['newest-address', 'find']), 'newest-address'),
    }),
    { readsFingerprints: false, presence: 'newest-address' },
  ),
});
export type ReaderDevice = v.InferOutput<typeof ReaderSchema>;

export const SCAN_ENCODINGS = ['utf-8', 'gb18030'] as const;
export type ScanEncoding = (typeof SCAN_ENCODINGS)[number];
const encoding = v.optional(v.picklist(SCAN_ENCODINGS), 'utf-8');

/** How a scanner is told to look: by nobody, or by a maker's commands when a code is wanted. */
export const LINE_TRIGGERS = ['always-on', 'honeywell', 'newland', 'datalogic', 't-and-p'] as const;
export type LineTrigger = (typeof LINE_TRIGGERS)[number];

const LineScannerSchema = v.strictObject({
  role: v.literal('scanner'),
  model: modelName,
  simulated: v.boolean(),
  /** Each scan as its characters and an ending. */
  protocol: v.literal('line'),
  connection: v.variant('transport', [SerialConnectionSchema, TcpConnectionSchema]),
  ending: v.optional(
    v.variant('kind', [
      v.strictObject({ kind: v.literal('suffix'), suffix: v.picklist(['cr', 'lf', 'crlf']) }),
      /** Silence of so many milliseconds ends a scan. */
      v.strictObject({ kind: v.literal('gap'), gapTime: whole(20, 500) }),
    ]),
    { kind: 'suffix', suffix: 'cr' },
  ),
  encoding,
  /** Scans begin with an AIM identifier (ISO/IEC 15424), which is taken off; a scan without one is refused. */
  aimIdentifier: v.optional(v.boolean(), false),
  trigger: v.optional(v.picklist(LINE_TRIGGERS), 'always-on'),
});

const SsiScannerSchema = v.strictObject({
  role: v.literal('scanner'),
  model: modelName,
  simulated: v.boolean(),
  /** Zebra's packets, acknowledged one by one. */
  protocol: v.literal('ssi'),
  connection: SerialConnectionSchema,
  encoding,
  trigger: v.optional(v.picklist(['always-on', 'session']), 'session'),
});

export const HID_POS_LAYOUTS = ['honeywell', 'minimal', 'counted', 'newland'] as const;
export type HidPosLayout = (typeof HID_POS_LAYOUTS)[number];

const HidPosScannerSchema = v.strictObject({
  role: v.literal('scanner'),
  model: modelName,
  simulated: v.boolean(),
  /** HID usage page 8C; the order of the fields is the maker's. */
  protocol: v.literal('hid-pos'),
  connection: HidConnectionSchema,
  layout: v.picklist(HID_POS_LAYOUTS),
  encoding,
  trigger: v.optional(v.picklist(['always-on', 'honeywell', 'newland']), 'always-on'),
});

export const ScannerSchema = v.variant('protocol', [
  LineScannerSchema,
  SsiScannerSchema,
  HidPosScannerSchema,
]);
export type LineScannerDevice = v.InferOutput<typeof LineScannerSchema>;
export type SsiScannerDevice = v.InferOutput<typeof SsiScannerSchema>;
export type HidPosScannerDevice = v.InferOutput<typeof HidPosScannerSchema>;
export type ScannerDevice = v.InferOutput<typeof ScannerSchema>;

const EscPosPrinterSchema = v.strictObject({
  role: v.literal('printer'),
  model: modelName,
  simulated: v.boolean(),
  /** A narrow receipt printer that takes commands and tells its state. */
  protocol: v.literal('escpos'),
  connection: v.variant('transport', [SerialConnectionSchema, TcpConnectionSchema]),
  /** Latin characters on a line; a Chinese one takes two. 32 on 58 mm paper, 48 on 80 mm. */
  columns: v.optional(v.picklist([32, 42, 48]), 48),
  cutter: v.optional(v.boolean(), true),
});

const CupsPrinterSchema = v.strictObject({
  role: v.literal('printer'),
  model: modelName,
  simulated: v.boolean(),
  /** A queue of the machine's CUPS that prints the PDF. */
  protocol: v.literal('cups'),
  queue: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,126}$/, 'is no name of a CUPS queue')),
  media: v.optional(v.picklist(['A4', 'A5']), 'A4'),
});

export const PrinterSchema = v.variant('protocol', [EscPosPrinterSchema, CupsPrinterSchema]);
export type EscPosPrinterDevice = v.InferOutput<typeof EscPosPrinterSchema>;
export type CupsPrinterDevice = v.InferOutput<typeof CupsPrinterSchema>;
export type PrinterDevice = v.InferOutput<typeof PrinterSchema>;

const channel = v.optional(v.nullable(whole(1, 8)), null);

/** Relays that switch the lights of a column; null where that light is not built in. */
export const LampSchema = v.strictObject({
  role: v.literal('lamp'),
  model: modelName,
  simulated: v.boolean(),
  protocol: v.picklist(['lcus', 'modbus-rtu']),
  connection: v.variant('transport', [SerialConnectionSchema, TcpConnectionSchema]),
  channels: v.strictObject({ green: channel, amber: channel, red: channel }),
});
export type LampDevice = v.InferOutput<typeof LampSchema>;

export const DeviceSchema = v.variant('role', [ReaderSchema, ScannerSchema, PrinterSchema, LampSchema]);
export type Device = v.InferOutput<typeof DeviceSchema>;

/** Most devices that a file names; one of each role is driven. */
export const MOST_DEVICES = 16;
export const DeviceListSchema = v.pipe(
  v.array(DeviceSchema),
  v.maxLength(MOST_DEVICES),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const { value } = dataset;
    const clash = deviceClash(value);
    if (clash === null) return;
    const { index, reason } = clash;
    addIssue({
      message: reason,
      path: [{ type: 'array', origin: 'value', input: value, key: index, value: value[index] }],
    });
  }),
);

/** Where a device is, for sentences and tables: `/dev/ttyUSB0`, `USB 2b8b:2721`, `gate-3:4001`, `CUPS counter`. */
export function devicePlace(device: Device): string {
  return 'connection' in device ? connectionPlace(device.connection) : `CUPS ${device.queue}`;
}

export function connectionPlace(connection: Connection): string {
  if (connection.transport === 'tcp') return `${connection.host}:${connection.port}`;
  if (connection.path !== undefined) return connection.path;
  const { usb } = connection;
  return usb === undefined ? 'nowhere' : `USB ${usb.vendorId}:${usb.productId}`;
}
