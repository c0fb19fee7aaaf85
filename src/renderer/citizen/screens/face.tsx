import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { assertNever } from '#domain/result.ts';
import type { FacePhase } from '#domain/session/face-phase.ts';
import { useCitizen, useText } from '../context.ts';
import { ActButton } from '../frame/act-button.tsx';
import { Page } from '../frame/page.tsx';
import { usePainted } from '../frame/use-painted.ts';
import { ActionPictogram } from '../illustrations/action-pictogram.tsx';
import { ChosenPortrait, PortraitActions, PortraitCountdown } from './portrait-choice.tsx';

/**
 * The face step. The camera runs while this screen is in front and at no other time; a covered screen (help, cancel)
 * closes it, and uncovering opens it anew.
 */
export function FaceScreen(props: {
  readonly attempt: 1 | 2;
  readonly actions: number;
  readonly flashes: boolean;
  readonly view: FacePhase;
  readonly covered: boolean;
}): JSX.Element {
  const t = useText();
  const { face } = useCitizen();
  const { attempt, view, covered } = props;
  const video = useRef<HTMLVideoElement>(null);

  useEffect(() => {
    if (covered || video.current === null) return;
    void face.open(video.current, attempt);
    return () => face.close();
  }, [covered, attempt, face]);
  const prompt = view.phase === 'prompt' ? view : null;
  usePainted(prompt === null ? null : `${attempt}/${prompt.index}/${prompt.action}`, () => {
    if (prompt !== null) face.promptPainted({ attempt, index: prompt.index, action: prompt.action });
  });

  return (
    <Page
      class="page--face"
      title={<span aria-live="assertive">{titleOf(view, t)}</span>}
      lead={leadOf(props, t)}
      actions={actionsOf(view, t)}
    >
      <div class={`face face--${view.phase}`}>
        <video ref={video} class="face__video" muted playsInline aria-label={t('face.preview')} />
        <FaceRing phase={view.phase} />
        {view.phase === 'portrait' ? <ChosenPortrait jpegBase64={view.jpegBase64} /> : null}
        {view.phase === 'prompt' ? (
          <div class="face__pictogram">
            <ActionPictogram action={view.action} />
          </div>
        ) : null}
      </div>
      <Dots of={props.actions} view={view} />
      {view.phase === 'portrait' ? (
        <PortraitCountdown key={view.retakesLeft} />
      ) : (
        <p class="face__hint" role="status">
          {hintOf(view, t) ?? t('face.camera-note')}
        </p>
      )}
    </Page>
  );
}

type Text = ReturnType<typeof useText>;

function titleOf(view: FacePhase, t: Text): string {
  switch (view.phase) {
    case 'starting-camera':
      return t('face.starting');
    case 'positioning':
      return t('face.positioning');
    case 'hold-still':
      return t('face.hold-still');
    case 'flash':
      return t('face.flash');
    case 'prompt':
      return t(`face.action.${view.action}`);
    case 'between':
      return t('face.between');
    case 'portrait':
      return t('face.portrait');
    case 'checking':
      return t('face.checking');
    default:
      return assertNever(view);
  }
}

/** That the screen will light up is told from the start, to whoever would rather not have it. */
function leadOf(
  {
    view,
    attempt,
    flashes,
  }: { readonly view: FacePhase; readonly attempt: 1 | 2; readonly flashes: boolean },
  t: Text,
): string {
  switch (view.phase) {
    case 'starting-camera':
    case 'positioning':
    case 'hold-still':
      return t(flashes ? 'face.attempt-flash' : 'face.attempt', { attempt });
    case 'flash':
      return t('face.flash-note');
    case 'prompt':
      return t(`face.action-note.${view.action}`);
    case 'portrait':
      return t('face.portrait-note');
    case 'between':
    case 'checking':
      return t('face.attempt', { attempt });
    default:
      return assertNever(view);
  }
}

/** While the screen lights the face or checks, there is nothing to be decided but to stop. */
function actionsOf(view: FacePhase, t: Text): JSX.Element | null {
  switch (view.phase) {
    case 'starting-camera':
    case 'positioning':
    case 'hold-still':
    case 'prompt':
    case 'between':
      return (
        <ActButton event={{ type: 'open-exchange' }} look="chip">
          {t('face.exchange')}
        </ActButton>
      );
    case 'portrait':
      return <PortraitActions retakesLeft={view.retakesLeft} />;
    case 'flash':
    case 'checking':
      return null;
    default:
      return assertNever(view);
  }
}

function hintOf(view: FacePhase, t: Text): string | null {
  return view.phase === 'positioning' && view.hint !== null ? t(`face.hint.${view.hint}`) : null;
}

/** How many of the actions are done; which ones are still to come nobody knows. */
function Dots(props: { readonly of: number; readonly view: FacePhase }): JSX.Element {
  const t = useText();
  const done = actionsDone(props.view, props.of);
  return (
    <div class="dots" role="img" aria-label={t('face.action-count', { done, of: props.of })}>
      {Array.from({ length: props.of }, (_, place) => {
        const state =
          place < done
            ? 'done'
            : props.view.phase === 'prompt' && place === props.view.index
              ? 'now'
              : 'ahead';
        return <span key={`place-${String(place)}`} class={`dots__dot dots__dot--${state}`} />;
      })}
    </div>
  );
}

function actionsDone(view: FacePhase, of: number): number {
  switch (view.phase) {
    case 'prompt':
      return view.index;
    case 'between':
      return view.index + 1;
    case 'portrait':
    case 'checking':
      return of;
    case 'starting-camera':
    case 'positioning':
    case 'hold-still':
    case 'flash':
      return 0;
    default:
      return assertNever(view);
  }
}

function FaceRing(props: { readonly phase: FacePhase['phase'] }): JSX.Element {
  return (
    <svg class="face__ring" viewBox="0 0 640 800" aria-hidden="true" focusable="false">
      <ellipse class="face__ring-line" cx="320" cy="400" rx="308" ry="388" />
      {props.phase === 'checking' || props.phase === 'starting-camera' ? (
        <ellipse class="face__ring-run" cx="320" cy="400" rx="308" ry="388" pathLength="100" />
      ) : null}
    </svg>
  );
}
