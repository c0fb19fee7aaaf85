import { randomBytes } from 'node:crypto';
import type { DriverCommand, DriverReport } from '#contract/driver-messages.ts';
import type { FaceCommand } from '#contract/station-api.ts';
import type { Result } from '#domain/result.ts';
import { err, ok } from '#domain/result.ts';
import type { CitizenEvent } from '#domain/session/citizen-event.ts';
import { DEFAULT_DELAYS } from '#domain/session/delays.ts';
import type {
  CheckedEid,
  FacePhase,
  Screen,
  ScreenName,
  SlipStatus,
  Snapshot,
  Visit,
} from '#domain/session/snapshot.ts';
import { encodeCardText } from '#drivers/simulator/card-text.ts';
import { loadPeople } from '#drivers/simulator/people.ts';
import { nodeSigner } from '#protocol/keys/node-signer.ts';
import { makePhoneCode } from '#protocol/phone-code.ts';
import { newSealingKeyPair } from '#protocol/sealing.ts';
import { silentLog } from '#station/log/station-log.ts';
import type {
  AwaitedDecision,
  CameraInspector,
  CheckDesk,
  EnrolmentContents,
  FaceListener,
  PortraitDecoder,
  SavedEnrolment,
  SlipPrinter,
  Standing,
} from '#station/ports.ts';
import { consentText } from '#station/session/consent-texts.ts';
import type {
  SessionDesk,
  SessionDrivers,
  SessionParts,
  UsedPhoneCodes,
} from '#station/session/session-ports.ts';
import { startSessions } from '#station/session/session-service.ts';
import { manualTimers, settle } from '../../../drivers/manual-timers.ts';

export const PEOPLE = loadPeople(new URL('../../../../resources/demo/people.json', import.meta.url));
/** A working day on which the invented residents have the ages that their notes name. */
const NOON = Date.UTC(2026, 4, 20, 4);
export const PASSWORD = '27184590';

export function cardOf(id: string) {
  const person = PEOPLE.find((each) => each.id === id);
  if (!person) throw new Error(`nobody is called ${id}`);
  return { person, text: encodeCardText(person), photo: new Uint8Array(randomBytes(1024)) };
}

/** Drivers as the link presents them: one card on the reader at most, read once until it is lifted. */
function hallDrivers() {
  const commands: DriverCommand[] = [];
  const listeners = new Set<(report: DriverReport) => void>();
  const states: Record<'reader' | 'scanner', Extract<DriverReport, { type: 'device' }>['state']> = {
    reader: 'ready',
    scanner: 'ready',
  };
  let mode: 'read' | 'watch' = 'watch';
  let scanning = false;
  let lying: { text: Uint8Array; photo: Uint8Array } | null = null;
  let wasRead = false;
  let reads = 0;
  let renewals = 0;
  const tell = (report: DriverReport) => {
    for (const listener of listeners) listener(report);
  };
  const status = (role: 'reader' | 'scanner') =>
    ({
      type: 'device',
      role,
      state: states[role],
      model: 'test',
      samId: null,
      simulated: true,
      detail: null,
    }) as const;
  function readLying(): void {
    if (mode !== 'read' || lying === null || states.reader !== 'ready') return;
    if (wasRead) {
      tell({ type: 'card.fault', fault: 'lift-and-replace', detail: 'read before' });
      return;
    }
    wasRead = true;
    reads += 1;
    mode = 'watch';
    const text = Uint8Array.from(lying.text);
    const photo = Uint8Array.from(lying.photo);
    const samId = '05.01-20231231-0001234567-0123456789';
    tell({ type: 'card.read', text, photo, samId, simulated: true, tookMs: 5 });
  }
  const setState = (role: 'reader' | 'scanner', state: (typeof states)['reader']) => {
    states[role] = state;
    tell(status(role));
    if (role === 'reader' && state === 'ready') tell({ type: lying ? 'card.laid' : 'card.removed' });
  };
  const port: SessionDrivers = {
    send(command) {
      commands.push(command);
      if (command.type === 'reader.read') {
        mode = 'read';
        setImmediate(readLying);
      }
      if (command.type === 'reader.watch') mode = 'watch';
      if (command.type === 'scanner.start') scanning = true;
      if (command.type === 'scanner.stop') scanning = false;
    },
    onReport(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    device: status,
    renew() {
      renewals += 1;
      mode = 'watch';
      scanning = false;
      // Fresh drivers find what is plugged in, and nothing else.
      const there = (['reader', 'scanner'] as const).filter((role) => states[role] !== 'absent');
      for (const role of there) setState(role, 'connecting');
      setImmediate(() => {
        for (const role of there) setState(role, 'ready');
      });
    },
  };
  return {
    port,
    commands,
    tell,
    setState,
    get reads() {
      return reads;
    },
    /** The reader goes dark and forgets, as a module without power does, which card it has read. */
    loseReaderPower() {
      wasRead = false;
      setState('reader', 'absent');
    },
    /** The card is taken while no reader sees it. */
    takeUnseen() {
      lying = null;
    },
    get renewals() {
      return renewals;
    },
    get reading() {
      return mode === 'read';
    },
    get scanning() {
      return scanning;
    },
    lay(card: { text: Uint8Array; photo: Uint8Array }) {
      lying = card;
      wasRead = false;
      tell({ type: 'card.laid' });
      readLying();
    },
    lift() {
      lying = null;
      tell({ type: 'card.removed' });
    },
    scan(text: string) {
      if (scanning) tell({ type: 'scan', text, simulated: true });
    },
  };
}

/** A desk that keeps what it was given and decides when it is told to. */
function hallDesk() {
  const saved: EnrolmentContents[] = [];
  const keyPair = newSealingKeyPair((length) => new Uint8Array(randomBytes(length)));
  const listeners: (() => void)[] = [];
  let standing: Standing = {
    provisioned: true,
    online: true,
    waiting: 0,
    clockTrust: 'synchronised',
    frozen: null,
    daysLeft: null,
  };
  let decide: (decision: AwaitedDecision) => void = () => {};
  let fault: 'storage-full' | 'storage-failed' | null = null;
  const port: SessionDesk = {
    save(contents): Result<SavedEnrolment, 'storage-full' | 'storage-failed'> {
      if (fault) return { ok: false, error: fault };
      saved.push(structuredClone(contents));
      return ok({
        packetId: '0197a2f0-1111-7222-8333-444455556666',
        sequence: saved.length,
        envelopeSha256: new Uint8Array(32),
        slipStatement: 'EIDS1:TESTSTATEMENT',
        createdAt: NOON,
      });
    },
    awaitDecision: () =>
      new Promise((resolve) => {
        decide = resolve;
      }),
    registryNonce: async () => null,
    standing: () => standing,
    onStandingChange: (listener) => listeners.push(listener),
    credentialKey: () => keyPair.publicKey,
  };
  return {
    port,
    saved,
    keyPair,
    decide: (decision: AwaitedDecision) => decide(decision),
    failSaving: (reason: typeof fault) => {
      fault = reason;
    },
    setStanding(change: Partial<Standing>) {
      standing = { ...standing, ...change };
      for (const listener of listeners) listener();
    },
  };
}

/** A conductor that tells what the test makes the citizen do; it begins, gives up and wipes like the real one. */
function hallFace() {
  const begun: (1 | 2)[] = [];
  const portraits: Uint8Array[] = [];
  let listener: FaceListener | null = null;
  let running = false;
  let abandoned = 0;
  let passed = false;
  let wipeFails = false;
  const createConductor: SessionParts['createConductor'] = (session) => {
    listener = session.listener;
    passed = false;
    const portrait = new Uint8Array(randomBytes(400));
    portraits.push(portrait);
    return {
      async begin(attempt) {
        begun.push(attempt);
        running = true;
        session.listener.view({ phase: 'starting-camera' });
        session.listener.command({ type: 'start', attempt });
      },
      frames() {},
      promptShown() {},
      keyFrame() {},
      abandon() {
        running = false;
        abandoned += 1;
        session.listener.command({ type: 'stop' });
      },
      evidence: () => ({
        version: 1,
        sessionId: session.sessionId,
        camera: { source: 'system', driver: 'none', busPath: 'none' },
        tries: [],
        portrait: passed ? { attempt: 1, at: 1, jpeg: portrait, scores: {} } : null,
      }),
      wipe() {
        if (wipeFails) throw new Error('a bug');
        portrait.fill(0);
      },
    };
  };
  return {
    createConductor,
    begun,
    portraits,
    get abandoned() {
      return abandoned;
    },
    view: (view: FacePhase) => listener?.view(view),
    pass() {
      if (!running) throw new Error('no try runs');
      running = false;
      passed = true;
      listener?.passed({ judgeVersion: 1, checks: [], result: 'live' });
    },
    failWipe() {
      wipeFails = true;
    },
    fail(reason: 'wrong-action' | 'no-face') {
      running = false;
      listener?.failed(reason);
    },
  };
}

/** A check desk that knows the codes that it was told of, and like the real one keeps one e-ID until it is forgotten. */
function hallChecks() {
  const slips = new Map<string, SlipStatus>();
  const eids = new Map<string, CheckedEid>();
  let checked: CheckedEid | null = null;
  let forgotten = 0;
  let hold: Promise<void> = Promise.resolve();
  const port: CheckDesk = {
    async checkEid(code) {
      checked = null;
      await hold;
      const known = eids.get(code);
      if (known === undefined) return err('not-ours');
      checked = known;
      return ok(known);
    },
    async checkAnswer(code) {
      if (checked === null || checked.challenge === null || !code.startsWith('EIDA1:'))
        return err('not-ours');
      checked =
        code === RIGHT_ANSWER
          ? { ...checked, holder: 'same-holder', challenge: null }
          : { ...checked, holder: 'other-phone', challenge: `${checked.challenge}+` };
      return ok(checked);
    },
    async slipStatus(code) {
      await hold;
      const known = slips.get(code);
      if (known) return ok(known);
      return err(code.startsWith('EIDS1:') ? 'forged' : 'not-ours');
    },
    forget() {
      checked = null;
      forgotten += 1;
    },
  };
  return {
    port,
    slips,
    eids,
    get keepsAnEid() {
      return checked !== null;
    },
    get forgotten() {
      return forgotten;
    },
    /** Answers nothing until the returned function is called. */
    holdAnswers(): () => void {
      let release: () => void = () => {};
      hold = new Promise((resolve) => {
        release = resolve;
      });
      return release;
    },
  };
}
export const RIGHT_ANSWER = 'EIDA1:RIGHT';

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
    readonly printer?: SlipPrinter;
    readonly onEnd?: () => Promise<void>;
    readonly usedPhoneCodes?: UsedPhoneCodes;
  } = {},
) {
  const timers = manualTimers();
  const drivers = hallDrivers();
  const desk = hallDesk();
  const face = hallFace();
  const checks = hallChecks();
  const audit: { type: string; fields: Readonly<Record<string, string | number | boolean>> }[] = [];
  const commands: FaceCommand[] = [];
  const snapshots: Snapshot[] = [];
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
      portraitDecoder: options.decoder ?? { decode: async () => ({ ok: false, error: 'no-decoder' }) },
      drawSlip: async () => new Uint8Array(randomBytes(60)),
      slipPrinter: options.printer ?? null,
      consentText,
      audit: { record: (event) => audit.push(event) },
      log: { ...silentLog, error: () => (errors += 1) },
      clock: { now: () => NOON + timers.monotonic(), monotonic: timers.monotonic },
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
      idleWarningMs: DEFAULT_DELAYS.idleWarning,
      idleResetMs: DEFAULT_DELAYS.idleReset,
      decisionWaitMs: 8_000,
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
  const touch = (...types: Exclude<CitizenEvent['type'], 'choose-language' | 'choose-visit'>[]) => {
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
