import * as v from 'valibot';
import { type Connection, ConnectionSchema, connectionPlace } from '#contract/device.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { systemConnector } from '#drivers/hub/system-connector.ts';
import { systemTimers } from '#drivers/timers.ts';
import { identifyDevice } from '#drivers/trial/identify-device.ts';
import { type Command, EXIT, type Options, textOption } from './command.ts';
import { PLACE_OPTIONS, placeOf } from './place-options.ts';

const { queue: _, ...LINE_OPTIONS } = PLACE_OPTIONS;

export const identify: Command = {
  name: 'identify',
  summary: 'asks what answers at one connection, without harm',
  help: `usage: npm run devices -- identify (--path FILE | --usb VVVV:PPPP | --host NAME --port N) [--hid] [--baud RATE] [--json]

Asks, in this order and only at the connection that you name: a receipt printer for its state, a scanner for its SSI
revision, a reader for its status and SAM id. Nothing is changed and nothing printed. Plain scanners and relays do not
answer anything and are not found out.
  --hid        USB numbers are those of a HID interface; paths of /dev/hidraw* are known as such
  --baud RATE  one rate only; otherwise 115200, 57600, 38400, 19200 and 9600 are tried
  --json       for programs`,
  options: {
    ...LINE_OPTIONS,
    baud: { type: 'string' },
    hid: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  operands: [],
  async run({ options, out }) {
    const connection = connectionOf(options);
    if (!connection.ok) {
      out.complain(connection.error);
      out.complain(identify.help);
      return EXIT.wrong;
    }
    const identity = await identifyDevice({
      connection: connection.value,
      connectorFor: (each) => systemConnector(each),
      timers: systemTimers,
    });
    if (options.json === true) out.say(JSON.stringify(identity));
    else if (identity.role === null) out.complain(identity.detail);
    else out.say(`${connectionPlace(identity.connection)}: ${identity.role}: ${identity.detail}`);
    return identity.role === null ? EXIT.failed : EXIT.well;
  },
};

function connectionOf(options: Options): Result<Connection, string> {
  const place = placeOf(options);
  if (!place.ok) return place;
  const isHid = options.hid === true || /^\/dev\/hidraw/.test(textOption(options, 'path') ?? '');
  const baud = textOption(options, 'baud');
  const written =
    'host' in place.value
      ? { transport: 'tcp', ...place.value }
      : isHid
        ? { transport: 'hid', ...place.value }
        : { transport: 'serial', baudRate: baud === null ? 'probe' : Number(baud), ...place.value };
  const checked = v.safeParse(ConnectionSchema, written);
  if (checked.success) return ok(checked.output);
  const issue = checked.issues[0];
  return err(`${v.getDotPath(issue) ?? 'connection'}: ${issue.message}`);
}
