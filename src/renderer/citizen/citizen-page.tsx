import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { ScreenName, Snapshot } from '#domain/session/snapshot.ts';
import { ConsoleCorner, canCallConsole } from './console-call.tsx';
import { CitizenScope } from './context.ts';
import type { FaceSession } from './face-session.ts';
import { FlashLight } from './frame/flash-light.tsx';
import { FootNav } from './frame/foot-nav.tsx';
import { Masthead } from './frame/masthead.tsx';
import { Progress } from './frame/progress.tsx';
import { CancelDialog } from './overlays/cancel.tsx';
import { HelpDialog, isHelped } from './overlays/help.tsx';
import { IdleDialog } from './overlays/idle.tsx';
import { markRoot, rootMarks } from './root-marks.ts';
import { ScreenView } from './screen-view.tsx';
import type { StationLink } from './station-link.ts';

/** How long a new screen's buttons wait for the finger of the old one to be lifted, milliseconds. */
const SETTLE_FOR = 250;

/** Screens from which the face step is not far: its models are loaded meanwhile. */
const BEFORE_FACE: readonly ScreenName[] = ['phone', 'password', 'card', 'number', 'name'];

/** The whole page: draws the station's snapshot and nothing else. */
export function CitizenPage(props: {
  readonly station: StationLink;
  readonly face: FaceSession;
}): JSX.Element | null {
  const snapshot = props.station.snapshot.value;
  const settling = useSettling(snapshot === null ? '' : placeOf(snapshot));
  useLayoutEffect(() => {
    if (snapshot === null) return;
    document.documentElement.lang = snapshot.language;
    markRoot(document.documentElement, rootMarks(snapshot));
  }, [snapshot]);
  const name = snapshot?.screen.name;
  useEffect(() => {
    if (name !== undefined && BEFORE_FACE.includes(name)) props.face.prepare();
  }, [name, props.face]);
  if (snapshot === null) return null;
  const covered = coverOf(snapshot);
  return (
    <CitizenScope.Provider
      value={{ station: props.station, face: props.face, language: snapshot.language, settling }}
    >
      <div class="stage" lang={snapshot.language}>
        <FlashLight screen={snapshot.screen} covered={covered !== null} />
        <div class="stage__under" inert={covered !== null}>
          <Masthead snapshot={snapshot} />
          <Progress progress={snapshot.progress} />
          <main class="stage__main" key={snapshot.screen.name}>
            <ScreenView snapshot={snapshot} />
          </main>
          <FootNav snapshot={snapshot} />
          {canCallConsole(snapshot.screen.name) ? <ConsoleCorner /> : null}
        </div>
        {covered}
      </div>
    </CitizenScope.Provider>
  );
}

/** What lies over the screen, the most urgent first. */
function coverOf(snapshot: Snapshot): JSX.Element | null {
  if (snapshot.idleSecondsLeft !== null) return <IdleDialog secondsLeft={snapshot.idleSecondsLeft} />;
  if (snapshot.cancelAsked) return <CancelDialog />;
  if (snapshot.helpOpen && isHelped(snapshot.screen)) {
    return <HelpDialog screen={snapshot.screen} deskPossible={snapshot.canCancel} />;
  }
  return null;
}

function placeOf(snapshot: Snapshot): string {
  const cover =
    snapshot.idleSecondsLeft !== null
      ? 'idle'
      : snapshot.cancelAsked
        ? 'cancel'
        : snapshot.helpOpen
          ? 'help'
          : '';
  return `${snapshot.screen.name}/${cover}`;
}

/** True from a change of `place` until {@link SETTLE_FOR} later. */
function useSettling(place: string): boolean {
  const [settled, setSettled] = useState(place);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(place), SETTLE_FOR);
    return () => clearTimeout(timer);
  }, [place]);
  return settled !== place;
}
