import { randomBytes } from 'node:crypto';
import type { FaceCommand } from '#contract/station-api.ts';
import type { CardRecord } from '#domain/identity/card-record.ts';
import type { Language } from '#domain/language.ts';
import { err, ok } from '#domain/result.ts';
import type { CitizenEvent } from '#domain/session/citizen-event.ts';
import { DEFAULT_DELAYS } from '#domain/session/delays.ts';
import type { Screen, ScreenName, Snapshot, Visit } from '#domain/session/snapshot.ts';
import { encodeCardText } from '#drivers/simulator/card-text.ts';
import { loadOtherCards } from '#drivers/simulator/other-cards.ts';
import { loadPeople, residentCardOf } from '#drivers/simulator/people.ts';
import { nodeSigner } from '#protocol/keys/node-signer.ts';
import { makePhoneCode } from '#protocol/phone-code.ts';
import { silentLog } from '#station/log/station-log.ts';
import type {
  AwaitedDecision,
  CameraInspector,
  FaceEmbedder,
  PortraitDecoder,
  SlipPrinter,
} from '#station/ports.ts';
import { consentText } from '#station/session/consent-texts.ts';
import type { UsedPhoneCodes } from '#station/session/session-ports.ts';
import { startSessions } from '#station/session/session-service.ts';
import { manualTimers, settle } from '../../../drivers/manual-timers.ts';
import { hallChecks } from './hall-checks.ts';
import { hallDesk, NOON } from './hall-desk.ts';
import { hallDrivers } from './hall-drivers.ts';
import { hallFace } from './hall-face.ts';

export const PEOPLE = loadPeople(new URL('../../../../resources/demo/people.json', import.meta.url));
export const PASSWORD = '27184590';

export function cardOf(id: string) {
  const person = PEOPLE.find((each) => each.id === id);
  if (!person) throw new Error(`nobody is called ${id}`);
  return { person, text: encodeCardText(residentCardOf(person)), photo: new Uint8Array(randomBytes(1024)) };
}

const OTHER_CARDS = loadOtherCards(new URL('../../../../resources/demo/other-cards.json', import.meta.url));

/** A card for which no e-ID is issued, as it is or with something else written on it. */
export function otherCardOf(id: string, change: Partial<Pick<CardRecord, 'validUntil'>> = {}) {
  const other = OTHER_CARDS.find((each) => each.id === id);
  if (!other) throw new Error(`no card is called ${id}`);
  const text = encodeCardText({ ...other.card, ...change });
  return { text, photo: new Uint8Array(randomBytes(1024)) };
}

/** What a station remembers of phone codes, across as many halls as it is given to. */
export function rememberedCodes(): UsedPhoneCodes {
  const ids = new Set<string>();
  const textOf = (codeId: Uint8Array) => Buffer.from(codeId).toString('hex');
  return { has: (codeId) => ids.has(textOf(codeId)), add: (codeId) => void ids.add(textOf(codeId)) };
}

/** A station's session service with a hall around it: what stands and lies there, and time that the test moves. */
export function openHall(
  options: {
    readonly inspector?: CameraInspector;
    readonly decoder?: PortraitDecoder;
    readonly embedder?: FaceEmbedder;
    readonly printer?: SlipPrinter;
    readonly onEnd?: () => Promise<void>;
    readonly usedPhoneCodes?: UsedPhoneCodes;
    readonly openingLanguage?: Language;
    /** In place of drivers that are acted; what is laid and scanned there is then the caller's business. */
    readonly drivers?: ReturnType<typeof hallDrivers>;
  } = {},
) {
  const timers = manualTimers();
  const drivers = options.drivers ?? hallDrivers();
  const desk = hallDesk();
  const face = hallFace();
  const checks = hallChecks();
  const audit: { type: string; fields: Readonly<Record<string, string | number | boolean>> }[] = [];
  const commands: FaceCommand[] = [];
  const faces: ('warm' | 'rest')[] = [];
  const snapshots: Snapshot[] = [];
  const warnings: string[] = [];
  let ends = 0;
  let errors = 0;
  const sessions = startSessions(
    {
      drivers: drivers.port,
      desk: desk.port,
      checkDesk: checks.port,
      usedPhoneCodes: options.usedPhoneCodes ?? rememberedCodes(),
      createConductor: face.createConductor,
      cameraInspector: options.inspector ?? {
        identify: async () => ok({ source: 'system', driver: 'uvcvideo', busPath: 'usb1/1-2/1-2:1.0' }),
      },
      faces: {
        embed: options.embedder?.embed ?? (async () => err('not-running')),
        warm: () => faces.push('warm'),
        rest: () => faces.push('rest'),
      },
      portraitDecoder: options.decoder ?? { decode: async () => ({ ok: false, error: 'no-decoder' }) },
      drawSlip: async () => new Uint8Array(randomBytes(60)),
      slipPrinter: options.printer ?? { print: async () => err('no-printer') },
      consentText,
      audit: { record: (event) => audit.push(event) },
      log: {
        ...silentLog,
        warn: (code, fields = {}) => warnings.push(`${code} ${JSON.stringify(fields)}`),
        error: () => (errors += 1),
      },
      clock: { now: () => NOON + timers.monotonic() },
      timers,
      randomBytes: (length) => new Uint8Array(randomBytes(length)),
      onEnd: async () => {
        ends += 1;
        await options.onEnd?.();
      },
    },
    {
      stationName: 'Hall 1',
      demo: false,
      flash: false,
      idleWarningMs: DEFAULT_DELAYS.idleWarning,
      idleResetMs: DEFAULT_DELAYS.idleReset,
      decisionWaitMs: 8_000,
      ...(options.openingLanguage ? { openingLanguage: options.openingLanguage } : {}),
    },
  );
  sessions.onSnapshot((snapshot) => snapshots.push(snapshot));
  sessions.onFaceCommand((command) => commands.push(command));
  const phone = nodeSigner(new Uint8Array(randomBytes(32)));

  function screen(): Screen;
  function screen<N extends ScreenName>(name: N): Extract<Screen, { name: N }>;
  function screen(name?: ScreenName): Screen {
    const shown = sessions.snapshot().screen;
    if (name !== undefined && shown.name !== name) throw new Error(`${shown.name} is shown, not ${name}`);
    return shown;
  }
  const touch = (
    ...types: Exclude<CitizenEvent['type'], 'choose-language' | 'choose-visit' | 'exchange-actions'>[]
  ) => {
    for (const type of types) if (!sessions.act({ type })) throw new Error(`${type} is not accepted now`);
  };
  const comeFor = (visit: Visit) => {
    if (!sessions.act({ type: 'choose-visit', visit })) throw new Error(`${visit} is not offered now`);
  };
  const phoneCode = (holder?: string) =>
    makePhoneCode({
      signer: phone,
      phoneTime: NOON,
      codeId: new Uint8Array(randomBytes(16)),
      ...(holder === undefined ? {} : { name: holder }),
    });
  const submitPassword = (repeat: string | null) => async () => {
    await sessions.submitPassword({ password: PASSWORD, repeat });
  };

  const { person } = cardOf('lin');
  type Way = readonly (readonly [ScreenName, () => Promise<void> | void])[];
  const pairing: Way = [
    ['phone', () => touch('agree')],
    ['phone-confirm', () => drivers.scan(phoneCode())],
    ['password', () => touch('confirm-phone')],
  ];
  const faceToSaved: Way = [
    [
      'review',
      async () => {
        await cameraRuns();
        face.view({ phase: 'positioning', hint: null });
        face.view({ phase: 'prompt', index: 0, action: 'turn-left' });
        face.pass();
      },
    ],
    ['deciding', () => touch('submit')],
  ];
  const byCard = (purpose: 'choose' | 'prove'): Way => [
    ...pairing,
    ['card', submitPassword(purpose === 'choose' ? PASSWORD : null)],
    ['face', () => drivers.lay(cardOf('lin'))],
    ...faceToSaved,
  ];
  /** The straight way of each visit behind its choice. */
  const ways: Readonly<Record<Visit, Way>> = {
    full: byCard('choose'),
    upgrade: byCard('prove'),
    basic: [
      ...pairing,
      ['number', submitPassword(PASSWORD)],
      ['name', () => void sessions.submitNumber(person.number)],
      ['face', () => void sessions.submitName(person.name)],
      ...faceToSaved,
    ],
    'report-lost': [
      ['number', () => touch('agree')],
      ['password', () => void sessions.submitNumber(person.number)],
      ['face', submitPassword(null)],
      ...faceToSaved,
    ],
    status: [['status', () => drivers.scan('EIDS1:TESTSTATEMENT')]],
    check: [['checked', () => drivers.scan('EID1:TESTCODE')]],
  };
  const FIRST = { status: 'scan-slip', check: 'scan-eid' } as const;
  /** The straight way through a visit, up to and with a screen. */
  async function goTo(name: ScreenName, visit: Visit = 'full'): Promise<void> {
    const first: ScreenName = visit === 'status' || visit === 'check' ? FIRST[visit] : 'consent';
    const way: Way = [
      ['attract', () => {}],
      ['language', () => touch('start')],
      ['visit', () => touch('continue')],
      [first, () => comeFor(visit)],
      ...ways[visit],
    ];
    const start = way.findIndex(([each]) => each === screen().name);
    for (const [each, step] of way.slice(start + 1)) {
      await step();
      await settle();
      screen(each);
      if (each === name) return;
    }
  }
  async function cameraRuns(): Promise<void> {
    sessions.reportCamera({ state: 'running', label: 'C525', deviceId: 'x', width: 640, height: 480 });
    await settle();
  }

  return {
    sessions,
    timers,
    drivers,
    desk,
    face,
    faces,
    checks,
    audit,
    commands,
    snapshots,
    screen,
    touch,
    comeFor,
    goTo,
    cameraRuns,
    phoneCode,
    get ends() {
      return ends;
    },
    warnings,
    get errors() {
      return errors;
    },
    /** Waits until attract is back, as it comes back by itself. */
    async nextCitizen(): Promise<void> {
      await timers.until(() => screen().name === 'attract');
    },
  };
}

export type Hall = ReturnType<typeof openHall>;
export const ISSUED: AwaitedDecision = {
  kind: 'issued',
  reason: 'issued',
  code: 'EID1:TESTCODE',
  subject: '1111 2222 3333 4444',
  maskedName: '林**',
  issuedAt: NOON,
  expiresAt: NOON + 1,
};
