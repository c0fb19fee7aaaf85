import { consentOctets } from '#domain/enrolment/consent-text.ts';
import { deskTicket, TICKET_LABELS } from '#domain/enrolment/desk-ticket.ts';
import type { ChartContext } from '#domain/session/chart-context.ts';
import type { StationEvent } from '#domain/session/chart-event.ts';
import type { Effect } from '#domain/session/chart-setup.ts';
import { applicationFor } from '#domain/session/visits.ts';
import { hashOf } from '#protocol/hash.ts';
import type { AwaitedDecision } from '#station/ports.ts';
import { enrolmentContents } from './enrolment-contents.ts';
import { faceStep } from './face-step.ts';
import type { LiveSession } from './live-session.ts';
import type { PhoneDesk } from './phone-desk.ts';
import { recordView } from './record-view.ts';
import { newSessionId } from './session-id.ts';
import type { SessionParts, SessionSettings } from './session-ports.ts';
import { SessionRecord, zero } from './session-record.ts';
import { slipStep } from './slip-step.ts';

export type EffectTable = Readonly<Record<Effect, (context: ChartContext) => void>>;

/** What each of the chart's effects does to the station. */
export function sessionEffects(options: {
  readonly parts: SessionParts;
  readonly settings: SessionSettings;
  readonly phones: PhoneDesk;
  readonly live: LiveSession;
  readonly wipe: () => void;
  readonly openConsole: () => void;
  readonly tell: (event: StationEvent) => void;
}): EffectTable {
  const { parts, settings, phones, live, tell } = options;
  const { drivers, desk, log } = parts;
  const slips = slipStep(parts);
  let serial = ticketStart(parts.randomBytes(4));

  function face() {
    if (live.record === null) throw new Error('a face step without a session');
    live.face ??= faceStep({ parts, record: live.record, tell, command: (command) => live.command(command) });
    return live.face;
  }

  return {
    beginSession() {
      live.record = new SessionRecord(newSessionId(parts.randomBytes));
      live.ticket = null;
      live.simulatedInput = false;
    },
    forgetGathered: () => live.record?.forget(),
    recordConsent({ session: { language, visit } }) {
      if (live.record === null) return;
      // Reading faces takes a while to start; every visit that asks for consent comes to a face.
      parts.faces.warm();
      const text = parts.consentText(language, applicationFor(visit));
      live.record.consent = {
        textVersion: text.version,
        textSha256: hashOf(consentOctets(text)),
        language,
        at: parts.clock.now(),
      };
    },
    startScanner: () => drivers.send({ type: 'scanner.start' }),
    stopScanner: () => drivers.send({ type: 'scanner.stop' }),
    keepPhone() {
      if (live.record?.phone) phones.use(live.record.phone);
    },
    forgetPhone() {
      if (live.record === null) return;
      live.record.phone = null;
      live.record.phoneName = null;
    },
    startReader: () => drivers.send({ type: 'reader.read' }),
    stopReader: () => drivers.send({ type: 'reader.watch' }),
    beginTry: ({ session: { triesSpent, exchanges } }) => face().begin(triesSpent === 0 ? 1 : 2, exchanges),
    abandonTry: () => live.face?.abandon(),
    keepPortrait: () => live.face?.choosePortrait('keep'),
    retakePortrait: () => live.face?.choosePortrait('retake'),
    saveEnrolment({ session: { visit } }) {
      const { record } = live;
      if (record === null) throw new Error('nothing to save');
      const contents = enrolmentContents({
        visit,
        record,
        evidence: face().evidence(),
        simulated: live.simulated(),
      });
      const saved = desk.save(contents);
      if (!saved.ok) {
        tell({ type: 'save.failed', reason: saved.error });
        return;
      }
      record.saved = saved.value;
      // The packet holds them sealed; the screen and the slip need neither.
      record.password = null;
      zero(record.card?.photo);
      tell({ type: 'saved' });
    },
    awaitDecision() {
      const { record } = live;
      if (!record?.saved) throw new Error('a decision is awaited for what was not saved');
      desk
        .awaitDecision({ packetId: record.saved.packetId, timeoutMs: settings.decisionWaitMs })
        .then((decision) => {
          if (record.live) decided(record, decision);
        })
        .catch((error: unknown) => {
          log.error('session.decision-failed', { error });
          if (record.live) tell({ type: 'decided', outcome: { kind: 'not-yet' } });
        });
    },
    printSlip({ session: { visit, outcome, language } }) {
      const { record } = live;
      if (record === null) throw new Error('a slip is printed for nobody');
      const view = recordView({
        record,
        visit,
        ticket: null,
        consentText: (application) => parts.consentText(language, application),
        stationName: settings.stationName,
        simulated: live.simulated(),
        outcome,
      });
      slips.print({ ...view.slip(), language, simulated: live.simulated() }, (event) => {
        if (record.live) tell(event);
      });
    },
    issueTicket({ session: { step, ticketReason } }) {
      live.ticket = deskTicket({
        station: settings.stationName,
        at: parts.clock.now(),
        step,
        reason: ticketReason,
        serial,
      });
      serial += 1;
    },
    forgetCheck() {
      live.record?.keepSlipStatus(null);
      live.record?.keepChecked(null);
      parts.checkDesk.forget();
    },
    openConsole: options.openConsole,
    wipe: options.wipe,
    renew() {
      const printing = slips.underWay();
      // The drivers end with the session: half a slip is of no use to anybody.
      if (printing === null) startAfresh();
      else void printing.then(startAfresh);
    },
  };

  function startAfresh(): void {
    drivers.renew();
    parts
      .onEnd()
      .then(() => tell({ type: 'renewed' }))
      .catch((error: unknown) => {
        log.error('session.renewal-failed', { error });
        tell({ type: 'renewal.failed' });
      });
  }

  function decided(record: SessionRecord, decision: AwaitedDecision): void {
    if (decision.kind === 'issued') {
      record.keepIssued(decision);
      tell({ type: 'decided', outcome: { kind: 'issued' } });
    } else {
      tell({ type: 'decided', outcome: decision });
    }
  }
}

/** Labels begin anywhere, so that a restart does not give out the morning's labels again. */
function ticketStart(random: Uint8Array): number {
  return new DataView(random.buffer, random.byteOffset).getUint32(0) % TICKET_LABELS;
}
