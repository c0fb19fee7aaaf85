import type { Channel } from '#contract/channel.ts';
import { type Client, connect } from '#contract/rpc.ts';
import {
  CITIZEN_METHODS,
  CITIZEN_PUSHES,
  type CitizenMethods,
  type CitizenPushes,
  type FaceCommand,
  type WireFrame,
} from '#contract/station-api.ts';
import type { Action } from '#domain/liveness/action.ts';
import type { LandmarkFrame } from '#domain/liveness/landmark-frame.ts';
import type { CitizenEvent } from '#domain/session/citizen-event.ts';
import type { Screen, ScreenName, Snapshot, Visit } from '#domain/session/snapshot.ts';
import { acting, blinkingUnasked } from '../../domain/liveness/rehearsal.ts';
import { FRONT, faceFrame } from '../../domain/liveness/synthetic-face.ts';

const FRAME_MS = 80;
const REACTION_MS = 700;

/**
 * A page and the person before it, over the real channel in real time: draws nothing, but sends what a renderer sends.
 * The camera sees a synthetic face that does what the prompts ask.
 */
export class CitizenAtThePage {
  readonly #client: Client<CitizenMethods, CitizenPushes>;
  readonly screens: Screen[] = [];
  snapshot: Snapshot | null = null;
  #movements: { action: Action; from: number }[] = [];
  #camera: NodeJS.Timeout | null = null;
  #attempt: 1 | 2 = 1;
  #painted = '';

  constructor(channel: Channel) {
    this.#client = connect({ channel, methods: CITIZEN_METHODS, pushes: CITIZEN_PUSHES });
    this.#client.on('snapshot', (snapshot) => this.#draw(snapshot));
    this.#client.on('face', (command) => this.#obey(command));
  }

  async open(): Promise<void> {
    this.#draw(await this.#client.call('attach', {}));
  }

  leave(): void {
    if (this.#camera) clearInterval(this.#camera);
    this.#camera = null;
  }

  async touch(
    ...types: Exclude<CitizenEvent['type'], 'choose-language' | 'choose-visit' | 'exchange-actions'>[]
  ): Promise<void> {
    for (const type of types) await this.#act({ type });
  }

  async comeFor(visit: Visit): Promise<void> {
    await this.#act({ type: 'choose-visit', visit });
  }

  async #act(event: CitizenEvent): Promise<void> {
    const { accepted } = await this.#client.call('act', { event });
    if (!accepted) throw new Error(`${event.type} is not accepted at ${this.snapshot?.screen.name}`);
  }

  async typeNumber(number: string): Promise<void> {
    await this.#client.call('submitNumber', { number });
  }

  async typeName(name: string): Promise<void> {
    await this.#client.call('submitName', { name });
  }

  async provePassword(password: string): Promise<void> {
    await this.#client.call('submitPassword', { password, repeat: null });
  }

  async choosePassword(password: string): Promise<void> {
    await this.#client.call('submitPassword', { password, repeat: password });
  }

  /** Waits for one of several screens. */
  async see<N extends ScreenName>(...names: N[]): Promise<Extract<Screen, { name: N }>> {
    const endsAt = Date.now() + 60_000;
    for (;;) {
      const screen = this.snapshot?.screen;
      if (screen && names.some((name) => name === screen.name)) return screen as Extract<Screen, { name: N }>;
      if (Date.now() > endsAt) throw new Error(`${names.join(' or ')} never came: ${JSON.stringify(screen)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  #draw(snapshot: Snapshot): void {
    if (this.snapshot && snapshot.number < this.snapshot.number) return;
    if (snapshot.screen.name !== this.snapshot?.screen.name) this.screens.push(snapshot.screen);
    this.snapshot = snapshot;
    const { screen } = snapshot;
    if (screen.name !== 'face') return;
    if (screen.view.phase === 'portrait') void this.#act({ type: 'keep-portrait' });
    if (screen.view.phase !== 'prompt') return;
    const { index, action } = screen.view;
    const key = `${screen.attempt} ${index}`;
    if (key === this.#painted) return;
    this.#painted = key;
    const at = performance.now();
    this.#movements.push({ action, from: at + REACTION_MS });
    void this.#client.call('reportPrompt', { attempt: screen.attempt, index, action, at });
  }

  #obey(command: FaceCommand): void {
    switch (command.type) {
      case 'start':
        this.leave();
        this.#attempt = command.attempt;
        this.#movements = [];
        this.#painted = '';
        void this.#client.call('reportCamera', {
          state: 'running',
          label: 'synthetic',
          deviceId: 'synthetic',
          width: 640,
          height: 480,
        });
        this.#camera = setInterval(() => this.#shoot(), FRAME_MS);
        return;
      case 'capture':
        void this.#client.call('sendKeyFrame', {
          requestId: command.requestId,
          at: performance.now() - 20,
          jpeg: Buffer.from([0xff, 0xd8, 1, 2, 3, 0xff, 0xd9]).toString('base64'),
        });
        return;
      case 'stop':
        this.leave();
    }
  }

  #shoot(): void {
    const at = performance.now();
    const pose = this.#movements.reduce(
      (now, { action, from }) => acting(action, now, at, from, 30),
      blinkingUnasked(FRONT, at),
    );
    void this.#client.call('sendFrames', {
      attempt: this.#attempt,
      sentAt: at,
      frames: [onTheWire(faceFrame({ at, pose }))],
    });
  }
}

function onTheWire(frame: LandmarkFrame): WireFrame {
  const { points } = frame;
  if (points === null) return { ...frame, points: null };
  const octets = Buffer.alloc(points.length * 2);
  points.forEach((value, index) => {
    octets.writeInt16LE(value, index * 2);
  });
  return { ...frame, points: octets.toString('base64') };
}
