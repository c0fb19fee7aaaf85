import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { assertNever } from '#domain/result.ts';
import type { FacePhase } from '#domain/session/snapshot.ts';
import { useCitizen, useText } from '../context.ts';
import { ActButton } from '../frame/act-button.tsx';
import { Page } from '../frame/page.tsx';
import { ActionPictogram } from '../illustrations/action-pictogram.tsx';

/**
 * The face step. The camera runs while this screen is in front and at no other time; a covered screen (help, cancel)
 * closes it, and uncovering opens it anew.
 */
export function FaceScreen(props: {
  readonly attempt: 1 | 2;
  readonly actions: number;
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
  usePaintedReport(props);

  return (
    <Page
      class="page--face"
      title={<span aria-live="assertive">{titleOf(view, t)}</span>}
      lead={view.phase === 'prompt' ? t(`face.action-note.${view.action}`) : t('face.attempt', { attempt })}
      actions={
        <ActButton event={{ type: 'open-help' }} look="secondary">
          {t('face.staff')}
        </ActButton>
      }
    >
      <div class={`face face--${view.phase}`}>
        <video ref={video} class="face__video" muted playsInline aria-label={t('face.preview')} />
        <FaceRing phase={view.phase} />
        {view.phase === 'prompt' ? (
          <div class="face__pictogram">
            <ActionPictogram action={view.action} />
          </div>
        ) : null}
      </div>
      <Dots of={props.actions} view={view} />
      <p class="face__hint" role="status">
        {hintOf(view, t) ?? t('face.camera-note')}
      </p>
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
    case 'prompt':
      return t(`face.action.${view.action}`);
    case 'between':
      return t('face.between');
    case 'checking':
      return t('face.checking');
    default:
      return assertNever(view);
  }
}

function hintOf(view: FacePhase, t: Text): string | null {
  return view.phase === 'positioning' && view.hint !== null ? t(`face.hint.${view.hint}`) : null;
}

/** Tells the station when a prompt has really been painted: after the second animation frame from its drawing. */
function usePaintedReport(props: { readonly attempt: 1 | 2; readonly view: FacePhase }): void {
  const { face } = useCitizen();
  const { attempt, view } = props;
  const index = view.phase === 'prompt' ? view.index : null;
  const action = view.phase === 'prompt' ? view.action : null;
  useEffect(() => {
    if (index === null || action === null) return;
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => face.promptPainted({ attempt, index, action }));
    });
    return () => cancelAnimationFrame(frame);
  }, [attempt, index, action, face]);
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
    case 'checking':
      return of;
    case 'starting-camera':
    case 'positioning':
    case 'hold-still':
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
