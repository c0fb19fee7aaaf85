import type { ProcessHost } from '#station/ports.ts';

/** A process host whose children's ends are heard of by more than who started them. */
export function hearingEnds(host: ProcessHost): {
  readonly processHost: ProcessHost;
  /** Called whenever a drivers' process has ended, for whatever reason. The listener is the console's; there is one. */
  readonly onEnd: (listener: () => void) => void;
} {
  let tell: () => void = () => {};
  return {
    processHost: {
      start(child) {
        const started = host.start(child);
        if (child === 'drivers') started.onExit(() => tell());
        return started;
      },
    },
    onEnd: (listener) => {
      tell = listener;
    },
  };
}
