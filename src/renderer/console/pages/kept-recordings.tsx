import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { RecordingView, TrialView } from '#contract/console-devices.ts';
import type { RecordingReplay } from '#contract/recording-replay.ts';
import { useConsole, useText } from '../context.ts';
import { size } from '../frame/moments.ts';
import { Pill } from '../frame/pill.tsx';
import { type Refusal, RefusalNotice } from './device-answers.tsx';
import { ReplayedRecording } from './replayed-recording.tsx';
import { type ShownTrial, TrialSteps } from './trial-steps.tsx';

type Use = 'replay' | 'try';

/** What came of the last use of a recording. */
type Answer =
  | { readonly kind: 'replayed'; readonly file: string; readonly replay: RecordingReplay }
  | { readonly kind: 'tried'; readonly trial: TrialView }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** The recordings that there are. One that has ended is played to its driver here, or tried in its device's place. */
export function KeptRecordings(props: {
  readonly recordings: readonly RecordingView[];
  /** Something else is being done with the devices. */
  readonly disabled: boolean;
}): JSX.Element {
  const t = useText();
  const { station, language } = useConsole();
  const { recordings } = props;
  const [busy, setBusy] = useState<{ readonly use: Use; readonly recording: RecordingView } | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const answers = useRef<HTMLDivElement>(null);
  const trial = shownTrial();
  // The list may be longer than the display.
  const isShown = answer !== null || trial !== null;
  useEffect(() => {
    if (isShown) answers.current?.scrollIntoView({ block: 'nearest' });
  }, [answer, isShown]);

  function shownTrial(): ShownTrial | null {
    if (answer?.kind === 'tried') return { ...answer.trial, prompt: null };
    if (busy?.use !== 'try') return null;
    const { role, file } = busy.recording;
    return { model: t(`devices.${role}`), place: file, passed: null, ...station.trial.value };
  }

  async function act(use: Use, recording: RecordingView): Promise<void> {
    const { file } = recording;
    setAnswer(null);
    setBusy({ use, recording });
    if (use === 'replay') {
      const replayed = await station.call('replayRecording', { file });
      if (replayed?.kind === 'view') setAnswer({ kind: 'replayed', file, replay: replayed.view });
      else if (replayed !== null) setAnswer({ kind: 'refused', refusal: replayed });
    } else {
      station.forgetTrial();
      const tried = await station.call('tryRecording', { file });
      if (tried?.kind === 'view') setAnswer({ kind: 'tried', trial: tried.view });
      else if (tried !== null) setAnswer({ kind: 'refused', refusal: tried });
    }
    setBusy(null);
  }

  const wordOf = (use: Use, isUnderWay: boolean) =>
    use === 'replay'
      ? t(isUnderWay ? 'recordings.replaying' : 'recordings.replay')
      : t(isUnderWay ? 'set-up.trying' : 'set-up.try');

  function useButton(use: Use, recording: RecordingView): JSX.Element {
    const word = wordOf(use, busy?.use === use && busy.recording.file === recording.file);
    return (
      <button
        type="button"
        class="button"
        data-use={use}
        aria-label={`${word} ${recording.file}`}
        disabled={busy !== null || props.disabled}
        onClick={() => void act(use, recording)}
      >
        {word}
      </button>
    );
  }

  return (
    <>
      <p class="field__hint">{t('recordings.use')}</p>
      <div class="table-frame">
        <table class="table recordings">
          <thead>
            <tr>
              <th scope="col">{t('recordings.file')}</th>
              <th scope="col">{t('recordings.device')}</th>
              <th scope="col">{t('recordings.size')}</th>
              <th scope="col">{t('recordings.state')}</th>
              <th scope="col">{t('recordings.actions')}</th>
            </tr>
          </thead>
          <tbody>
            {recordings.map((each) => (
              <tr key={each.file} data-recording={each.running ? 'running' : 'ended'}>
                <td class="mono">{each.file}</td>
                <td>{t(`devices.${each.role}`)}</td>
                <td>{size(language, each.bytes)}</td>
                <td>
                  <Pill tone={each.running ? 'amber' : 'plain'}>
                    {t(each.running ? 'recordings.running' : 'recordings.ended')}
                  </Pill>
                </td>
                <td>
                  {each.running ? null : (
                    <div class="recordings__uses">
                      {useButton('replay', each)}
                      {useButton('try', each)}
                    </div>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div ref={answers} class="answers" aria-live="polite">
        {answer?.kind === 'replayed' ? <ReplayedRecording file={answer.file} replay={answer.replay} /> : null}
        {/* One and the same list while it runs and after, as where a device is set up. */}
        {trial === null ? null : <TrialSteps trial={trial} />}
        {answer?.kind === 'refused' ? <RefusalNotice refusal={answer.refusal} /> : null}
      </div>
    </>
  );
}
