import type { FaceCommand } from '#contract/station-api.ts';
import type { FaceView } from '#domain/session/face-phase.ts';
import type {
  AskedPicture,
  ConductEffect,
  Conducted,
  Conducting,
  KeptKeyFrame,
  PortraitCandidate,
  Purpose,
  Step,
} from './conducting.ts';

/** Collects what one event does to a try, so that the rules read as a sequence of small statements. */
export class TryChange {
  state: Conducting;
  readonly effects: ConductEffect[] = [];
  readonly now: number;

  constructor(state: Conducting, now: number) {
    this.state = state;
    this.now = now;
  }

  with(change: Partial<Conducting>): void {
    this.state = { ...this.state, ...change };
  }

  step(step: Step): void {
    this.with({ step });
  }

  /** Tells the citizen's screen only what is new to it. */
  show(view: FaceView): void {
    if (sameView(this.state.view, view)) return;
    this.with({ view });
    this.effects.push({ type: 'view', view });
  }

  /** Asks the citizen about a portrait. */
  offer(jpeg: Uint8Array, retakesLeft: number): void {
    this.effects.push({ type: 'portrait', jpeg });
    this.show({ phase: 'portrait', retakesLeft });
  }

  command(command: FaceCommand): void {
    this.effects.push({ type: 'command', command });
  }

  refuse(reason: string): void {
    this.effects.push({ type: 'refused', reason });
  }

  discard(bytes: Uint8Array | Int16Array): void {
    this.effects.push({ type: 'discard', bytes });
  }

  /** A kept picture is kept no longer; what is still told of it is dropped. */
  forget(picture: KeptKeyFrame | PortraitCandidate): void {
    this.discard(picture.jpeg);
    if (picture.embedding !== null) this.discard(picture.embedding);
    this.with({ unread: this.state.unread.filter((id) => id !== picture.requestId) });
  }

  /** Asks whose face a picture shows that was just kept. */
  read({ requestId, jpeg }: KeptKeyFrame | PortraitCandidate): void {
    this.with({ unread: [...this.state.unread, requestId] });
    this.effects.push({ type: 'read-picture', requestId, jpeg });
  }

  /** Asks for a picture of the present moment, or of the best since the last portrait. */
  askPicture(purpose: Purpose): void {
    const asked: AskedPicture = { requestId: this.state.nextRequestId, purpose, askedAt: this.now };
    this.with({ asked: [...this.state.asked, asked], nextRequestId: asked.requestId + 1 });
    this.command(
      purpose === 'portrait' || purpose === 'early-portrait'
        ? { type: 'capture', requestId: asked.requestId, crop: 'portrait', size: 640, quality: 0.9 }
        : { type: 'capture', requestId: asked.requestId, crop: 'none', size: 640, quality: 0.8 },
    );
  }

  isAsked(purpose: Purpose): boolean {
    return this.state.asked.some((asked) => asked.purpose === purpose);
  }

  end(): void {
    this.step({ name: 'ended' });
    this.show({ phase: 'checking' });
    this.command({ type: 'stop' });
    this.effects.push({ type: 'ended' });
  }

  done(): Conducted {
    return { state: this.state, effects: this.effects };
  }
}

function sameView(a: FaceView, b: FaceView): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
