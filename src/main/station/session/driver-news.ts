import type { DriverReport } from '#contract/driver-messages.ts';
import { dayInChina } from '#domain/identity/calendar-date.ts';
import { assertNever } from '#domain/result.ts';
import type { StationEvent } from '#domain/session/chart-event.ts';
import { classifyCard, isUsable, problemOf } from './card-intake.ts';
import type { CheckStep } from './check-step.ts';
import type { LiveSession } from './live-session.ts';
import type { PhoneDesk } from './phone-desk.ts';
import type { SessionParts } from './session-ports.ts';
import { type CardBytes, type SessionRecord, zero } from './session-record.ts';

/** Steps at which a code is scanned. */
export const SCAN_STEPS = ['phone', 'scanSlip', 'scanEid', 'checked'] as const;
export type ScanStep = (typeof SCAN_STEPS)[number];

/**
 * Turns what the drivers report into the chart's words. What was read goes into the record when its step is the present
 * one and is zeroed otherwise; the chart learns only in which class it falls.
 */
export function driverNews(options: {
  readonly parts: Pick<SessionParts, 'clock' | 'log' | 'portraitDecoder' | 'faces'>;
  readonly live: LiveSession;
  readonly phones: PhoneDesk;
  readonly checks: CheckStep;
  readonly atStep: (step: ScanStep | 'card') => boolean;
  /** Whether the visit asks for a name, which the phone may then suggest. */
  readonly asksName: () => boolean;
  readonly tell: (event: StationEvent) => void;
  /** Something that the screen shows has come to the record beside the chart. */
  readonly show: () => void;
}): (report: DriverReport) => void {
  const { parts, live, phones, checks, atStep, tell } = options;
  const scanStep = () => SCAN_STEPS.find((step) => atStep(step)) ?? null;

  function onScan(report: Extract<DriverReport, { type: 'scan' }>): void {
    const { record } = live;
    if (record === null) return;
    const step = scanStep();
    if (step === null) return;
    live.simulatedInput ||= report.simulated;
    if (step === 'phone') onPhone(record, report.text);
    else checks.scanned(step, report.text);
  }

  function onPhone(record: SessionRecord, text: string): void {
    const scanned = phones.read(text);
    if (!scanned.ok) {
      tell({ type: 'phone.refused', problem: scanned.error });
      return;
    }
    record.phone = scanned.value.phone;
    if (options.asksName()) record.phoneName = scanned.value.holderName;
    else zero(scanned.value.holderName);
    tell({ type: 'phone.accepted' });
  }

  /** What the scanner saw could not even be read as text, or never ended. */
  function onScanRefused(): void {
    const step = scanStep();
    if (step === 'phone') tell({ type: 'phone.refused', problem: 'not-ours' });
    if (step === 'scanSlip') tell({ type: 'slip.refused', problem: 'not-ours' });
    if (step === 'scanEid') tell({ type: 'eid.refused', problem: 'not-ours' });
  }

  function onCardRead(report: Extract<DriverReport, { type: 'card.read' }>): void {
    const { record } = live;
    const { text, photo, samId } = report;
    // The consent does not cover them, whatever a device's settings ask for.
    zero(report.fingerprints);
    if (record === null || !atStep('card')) {
      zero(text, photo);
      return;
    }
    const { passwordDigits } = record;
    const { news, fault } = classifyCard({ text, day: dayInChina(parts.clock.now()), passwordDigits });
    if (fault !== null) parts.log.warn('card.not-accepted', { reason: fault });
    if (!isUsable(news)) {
      zero(text, photo);
      tell(news);
      return;
    }
    const card = { text, photo, samId };
    record.card = card;
    record.passwordDigits = null;
    if (news.type === 'card.accepted' && news.passwordGuessable) record.password = null;
    live.simulatedInput ||= report.simulated;
    decodePortrait(card);
    tell(news);
  }

  /** Goes on beside the session: without a decoder, or when it fails, the registry compares. */
  function decodePortrait(card: CardBytes): void {
    const { record } = live;
    if (record === null) return;
    const photo = Uint8Array.from(card.photo);
    // The citizen may have begun another visit meanwhile, which forgets the card.
    const isWanted = () => record.live && record.card === card;
    parts.portraitDecoder
      .decode(photo)
      .then((picture) => {
        if (!picture.ok) {
          if (picture.error === 'no-decoder' && isWanted()) record.portraitDecoding = 'no-decoder';
          return;
        }
        if (isWanted()) {
          record.cardPortrait = picture.value;
          record.portraitDecoding = 'decoded';
          readFace(picture.value.bytes);
          options.show();
        } else zero(picture.value.bytes);
      })
      .catch((error: unknown) => parts.log.error('card.portrait-failed', { error }))
      .finally(() => zero(photo));
  }

  /** Whose face the card's portrait shows, while it is still wanted. */
  function readFace(portrait: Uint8Array): void {
    const { record } = live;
    if (record === null) return;
    const { card } = record;
    const bytes = Uint8Array.from(portrait);
    parts.faces
      .embed({ bytes, from: 'card' })
      .then((embedded) => {
        if (!embedded.ok) parts.log.warn('card.face-not-read', { reason: embedded.error });
        else if (record.live && record.card === card) record.cardEmbedding = embedded.value;
        else zero(embedded.value);
      })
      .catch((error: unknown) => parts.log.error('card.face-failed', { error }))
      .finally(() => zero(bytes));
  }

  return (report) => {
    switch (report.type) {
      case 'device':
        // A session goes on without printer and lamp.
        if (report.role === 'reader' || report.role === 'scanner')
          tell({ type: 'device.changed', role: report.role, state: report.state });
        return;
      case 'card.laid':
      case 'card.removed':
        tell({ type: report.type });
        return;
      case 'card.fault':
        parts.log.warn('card.fault', { reason: report.fault, status: report.status });
        if (atStep('card')) tell({ type: 'card.refused', problem: problemOf(report.fault) });
        return;
      case 'card.read':
        onCardRead(report);
        return;
      case 'scan':
        onScan(report);
        return;
      case 'scan.refused':
        onScanRefused();
        return;
      case 'printed':
      case 'attached':
      case 'identified':
      case 'trial.progress':
      case 'tried':
      case 'replayed':
      case 'health':
      case 'recording':
      case 'recording.refused':
      case 'pong':
        return;
      default:
        assertNever(report);
    }
  };
}
