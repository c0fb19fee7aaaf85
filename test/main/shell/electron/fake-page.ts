import type { KioskPage } from '#shell/electron/kiosk-screens.ts';

/** A page whose fate a test decides. */
export interface FakePage extends KioskPage {
  readonly face: string;
  load(): void;
  fail(error: Error): void;
  lose(reason: string): void;
  readonly destroyed: () => boolean;
  readonly focused: () => number;
}

export function fakePage(face: string): FakePage {
  const stands = Promise.withResolvers<void>();
  let lost: ((reason: string) => void) | null = null;
  let destroyed = false;
  let focused = 0;
  return {
    face,
    stands: stands.promise,
    onLost: (listener) => {
      lost = listener;
    },
    ask: async () => 0,
    focus: () => {
      focused += 1;
    },
    destroy: () => {
      destroyed = true;
    },
    load: () => stands.resolve(),
    fail: (error) => stands.reject(error),
    lose: (reason) => lost?.(reason),
    destroyed: () => destroyed,
    focused: () => focused,
  };
}
