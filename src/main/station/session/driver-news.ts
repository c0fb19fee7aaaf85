import type { DriverReport } from '#contract/driver-messages.ts';
import { dayInChina } from '#domain/identity/calendar-date.ts';
import { assertNever } from '#domain/result.ts';
import type { StationEvent } from '#domain/session/chart-event.ts';
import { classifyCard, isUsable, problemOf } from './card-intake.ts';
import type { LiveSession } from './live-session.ts';
import type { PhoneDesk } from './phone-desk.ts';
import type { SessionParts } from './session-ports.ts';
import { zero } from './session-record.ts';

/**
 * Turns what the drivers report into the chart's words. What was read goes into the record when its step is the present
 * one and is zeroed otherwise; the chart learns only in which class it falls.
 */
export function driverNews(options: {
  readonly parts: Pick<SessionParts, 'clock' | 'log' | 'portraitDecoder'>;
  readonly live: LiveSession;
  readonly phones: PhoneDesk;
  readonly atStep: (step: 'phone' | 'card') => boolean;
  readonly tell: (event: StationEvent) => void;
  /** Something that the screen shows has come to the record beside the chart. */
  readonly show: () => void;
}): (report: DriverReport) => void {
  const { parts, live, phones, atStep, tell } = options;

  function onScan(report: Extract<DriverReport, { type: 'scan' }>): void {
    const { record } = live;
    if (record === null || !atStep('phone')) return;
    const phone = phones.read(report.text);
    if (!phone.ok) {
      tell({ type: 'phone.refused', problem: phone.error });
      return;
    }
    record.phone = phone.value;
    live.simulatedInput ||= report.simulated;
    tell({ type: 'phone.accepted' });
  }

  function onCardRead(report: Extract<DriverReport, { type: 'card.read' }>): void {
    const { record } = live;
    const { text, photo, samId } = report;
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
    record.card = { text, photo, samId };
    record.passwordDigits = null;
    if (news.type === 'card.accepted' && news.passwordGuessable) record.passwordVerifier = null;
    live.simulatedInput ||= report.simulated;
    decodePortrait(Uint8Array.from(photo));
    tell(news);
  }

  /** Goes on beside the session: without a decoder, or when it fails, the registry compares. */
  function decodePortrait(photo: Uint8Array): void {
    const { record } = live;
    parts.portraitDecoder
      .decode(photo)
      .then((picture) => {
        if (!picture.ok) {
          if (picture.error === 'no-decoder' && record?.live) record.portraitDecoding = 'no-decoder';
          return;
        }
        if (record?.live) {
          record.cardPortrait = picture.value;
          record.portraitDecoding = 'decoded';
          options.show();
        } else zero(picture.value.bytes);
      })
      .catch((error: unknown) => parts.log.error('card.portrait-failed', { error }))
      .finally(() => zero(photo));
  }

  return (report) => {
    switch (report.type) {
      case 'device':
        tell({ type: 'device.changed', role: report.role, state: report.state });
        return;
      case 'card.laid':
      case 'card.removed':
        tell({ type: report.type });
        return;
      case 'card.fault':
        if (atStep('card')) tell({ type: 'card.refused', problem: problemOf(report.fault) });
        return;
      case 'card.read':
        onCardRead(report);
        return;
      case 'scan':
        onScan(report);
        return;
      case 'scan.refused':
        if (atStep('phone')) tell({ type: 'phone.refused', problem: 'not-ours' });
        return;
      case 'pong':
        return;
      default:
        assertNever(report);
    }
  };
}
