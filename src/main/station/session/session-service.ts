import type { FaceCommand } from '#contract/station-api.ts';
import { accepts, type ChartState, overlayOf } from '#domain/session/accepts.ts';
import type { ChartContext } from '#domain/session/chart-context.ts';
import type { ChartEvent } from '#domain/session/chart-event.ts';
import type { Effect } from '#domain/session/chart-setup.ts';
import type { CitizenEvent } from '#domain/session/citizen-event.ts';
import { DEFAULT_DELAYS } from '#domain/session/delays.ts';
import { passwordPurpose } from '#domain/session/project.ts';
import type { Snapshot } from '#domain/session/snapshot.ts';
import { runChart } from './chart-runner.ts';
import { checkStep } from './check-step.ts';
import { driverNews, type ScanStep } from './driver-news.ts';
import type { CameraReport, FaceStep } from './face-step.ts';
import { holderStep } from './holder-step.ts';
import { liveSession } from './live-session.ts';
import { type PasswordEntries, passwordStep } from './password-step.ts';
import { phoneDesk } from './phone-desk.ts';
import { auditSteps } from './session-audit.ts';
import { sessionEffects } from './session-effects.ts';
import type { SessionParts, SessionSettings } from './session-ports.ts';
import { sessionScreen } from './session-screen.ts';
import { sessionWipe } from './session-wipe.ts';

/** What the desk may take beyond the wait that it was given before its answer counts as lost. */
const DECISION_GRACE_MS = 2_000;

/** Runs sessions, one after the other: the chart decides, this does. */
export interface SessionService {
  snapshot(): Snapshot;
  onSnapshot(listener: (snapshot: Snapshot) => void): void;
  onFaceCommand(listener: (command: FaceCommand) => void): void;
  /** False when the session has moved on meanwhile. */
  act(event: CitizenEvent): boolean;
  /** False when no number is asked for now; a fault of the number itself comes back on the snapshot. */
  submitNumber(number: string): boolean;
  /** False when no name is asked for now; a fault of the name itself comes back on the snapshot. */
  submitName(name: string): boolean;
  /** False when no password is asked for now; a fault of the password itself comes back on the snapshot. */
  submitPassword(entries: PasswordEntries): Promise<boolean>;
  reportCamera(report: CameraReport): void;
  /** The face step that runs now; null outside of it, when frames and pictures belong to nobody. */
  face(): FaceStep | null;
  /** A page came up: whatever ran in the one before it begins anew. */
  screenAttached(): void;
  /** Called when staff ask for the console; whoever shows it tells {@link staffLeft} when they are done. */
  onConsole(listener: () => void): void;
  staffLeft(): void;
  /** Ends whatever runs and wipes; a session that is being saved is left to end by itself. */
  reset(): void;
  stop(): void;
}

export function startSessions(parts: SessionParts, settings: SessionSettings): SessionService {
  const { drivers, desk, log, timers } = parts;
  let onConsole: (() => void) | null = null;
  let onCommand: (command: FaceCommand) => void = () => {};
  const phones = phoneDesk(parts.usedPhoneCodes);
  const live = liveSession({
    deviceSimulated: () =>
      settings.demo ||
      drivers.device('reader')?.simulated === true ||
      drivers.device('scanner')?.simulated === true,
    command: (command) => onCommand(command),
  });
  const { wipe, failed: wipeFailed } = sessionWipe({
    parts,
    live,
    onFailure: () => tell({ type: 'wipe.failed' }),
  });
  const effects = sessionEffects({ parts, settings, phones, live, wipe, tell, openConsole });
  const audit = auditSteps(parts.audit);
  const chart = runChart({
    timers,
    ...(settings.openingLanguage ? { openingLanguage: settings.openingLanguage } : {}),
    delays: {
      ...DEFAULT_DELAYS,
      idleWarning: settings.idleWarningMs,
      idleReset: settings.idleResetMs,
      decisionBackstop: settings.decisionWaitMs + DECISION_GRACE_MS,
    },
    perform,
    onStep,
    onFailure: (error) => {
      log.error('session.chart-failed', { error });
      wipe();
    },
    onFresh: () => {
      if (wipeFailed()) tell({ type: 'wipe.failed' });
      tellStation();
    },
  });
  const screen = sessionScreen({
    parts,
    settings,
    live,
    state: () => chart.state(),
    onFailure: () => tell({ type: 'reset' }),
  });
  let before: ChartState = chart.state();
  let sessionId: string | null = null;

  function tell(event: ChartEvent): void {
    chart.send(event);
  }

  /** A terminal without a console is not left standing before staff that will never come. */
  function openConsole(): void {
    if (onConsole) onConsole();
    else tell({ type: 'staff.left' });
  }

  /** A mistake in an effect ends this session and no other: it is logged, and the citizen starts again. */
  function perform(effect: Effect, context: ChartContext): void {
    try {
      effects[effect](context);
    } catch (error) {
      log.error('session.effect-failed', { step: effect, error });
      if (effect === 'saveEnrolment') tell({ type: 'save.failed', reason: 'storage-failed' });
      else if (effect === 'renew') tell({ type: 'renewal.failed' });
      else if (effect === 'wipe') tell({ type: 'wipe.failed' });
      else tell({ type: 'reset' });
    }
  }

  function onStep(cause: string): void {
    sessionId = live.record?.sessionId ?? sessionId;
    const after = chart.state();
    audit({ sessionId, before, after, cause, simulated: live.simulated() });
    before = after;
    if (servesNobody(after)) sessionId = null;
    screen.show();
  }

  function atStep(step: ScanStep | 'password' | 'number' | 'name' | 'card' | 'face'): boolean {
    return chart.state().matches({ session: { steps: step } });
  }

  /** At the step, and nothing lies over it. */
  function asked(step: 'password' | 'number' | 'name'): boolean {
    return atStep(step) && overlayOf(chart.state()) === 'none';
  }

  function tellStanding(): void {
    const { provisioned, frozen, online } = desk.standing();
    tell({ type: 'standing.changed', provisioned, frozen, online });
  }

  function tellStation(): void {
    for (const role of ['reader', 'scanner'] as const) {
      tell({ type: 'device.changed', role, state: drivers.device(role)?.state ?? 'absent' });
    }
    tellStanding();
  }

  const submit = passwordStep({
    parts,
    live,
    asked: () => (asked('password') ? passwordPurpose(chart.state()) : null),
    tell,
  });
  const holder = holderStep({ parts, live, asked, tell });
  const showAgain = () => screen.show(true);
  chart.start();
  const checks = checkStep({ parts, live, atStep, tell, show: showAgain });
  const asksName = () => chart.state().context.session.visit === 'basic';
  const onReport = driverNews({ parts, live, phones, checks, atStep, asksName, tell, show: showAgain });
  const stopListening = drivers.onReport(onReport);
  desk.onStandingChange(tellStanding);

  return {
    snapshot: screen.draw,
    onSnapshot: screen.onSnapshot,
    onFaceCommand: (listener) => {
      onCommand = listener;
    },
    act(event) {
      tell({ type: 'touched' });
      if (!accepts(chart.state(), event)) return false;
      tell(event);
      return true;
    },
    submitNumber(number) {
      tell({ type: 'touched' });
      return holder.submitNumber(number);
    },
    submitName(name) {
      tell({ type: 'touched' });
      return holder.submitName(name);
    },
    submitPassword(entries) {
      tell({ type: 'touched' });
      return submit(entries);
    },
    reportCamera(report) {
      if (atStep('face')) live.face?.cameraReported(report);
    },
    face: () => (atStep('face') ? live.face : null),
    screenAttached: () => tell({ type: 'screen.attached' }),
    onConsole: (listener) => {
      onConsole = listener;
    },
    staffLeft: () => tell({ type: 'staff.left' }),
    reset: () => tell({ type: 'reset' }),
    stop() {
      stopListening();
      screen.stop();
      chart.stop();
      wipe();
    },
  };
}

function servesNobody(state: ChartState): boolean {
  return state.matches('attract') || state.matches('closed') || state.matches('staff');
}
