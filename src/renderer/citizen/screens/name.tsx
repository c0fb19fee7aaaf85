import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { NameProblem } from '#domain/session/snapshot.ts';
import { nameWithLineBreaks } from '#i18n/line-breaks.ts';
import { useCitizen, useText } from '../context.ts';
import { NoticeLine } from '../frame/notice-line.tsx';
import { Page } from '../frame/page.tsx';
import { SubmitButton } from '../frame/submit-button.tsx';
import { NameKeyboard } from '../name-keyboard/name-keyboard.tsx';

/** The name, where no card is read: the one that the phone tells, or one that is typed. */
export function NameScreen(props: {
  readonly suggested: string | null;
  readonly problem: NameProblem | null;
}): JSX.Element {
  const [typing, setTyping] = useState(props.suggested === null);
  const [problemAtStart] = useState(props.problem);
  if (!typing && props.suggested !== null && props.problem === problemAtStart) {
    return <SuggestedName name={props.suggested} onOther={() => setTyping(true)} />;
  }
  return <TypedName problem={props.problem} />;
}

function SuggestedName(props: { readonly name: string; readonly onOther: () => void }): JSX.Element {
  const t = useText();
  const { station, settling } = useCitizen();
  return (
    <Page
      key="suggested"
      class="page--name"
      title={t('name.suggested-title')}
      lead={t('name.suggested-lead')}
      actions={
        <>
          <button
            type="button"
            class="button button--secondary"
            data-event="type-name"
            disabled={settling}
            onClick={props.onOther}
          >
            <span class="button__text">{t('name.other')}</span>
          </button>
          <SubmitButton
            does="submit-name"
            ready={true}
            onSubmit={() => void station.submitName({ name: props.name })}
          >
            {t('name.mine')}
          </SubmitButton>
        </>
      }
    >
      <p class="name__suggested sheet" translate={false}>
        {nameWithLineBreaks(props.name)}
      </p>
      <p class="aside">{t('name.exact')}</p>
    </Page>
  );
}

function TypedName(props: { readonly problem: NameProblem | null }): JSX.Element {
  const t = useText();
  const { station, settling, language } = useCitizen();
  const [name, setName] = useState('');
  /** What the station has judged last: its problem stands until something else is typed. */
  const [sent, setSent] = useState<string | null>(null);
  const problem = name === (sent ?? '') ? props.problem : null;

  function submit(): void {
    if (name === '' || settling) return;
    setSent(name);
    void station.submitName({ name });
  }
  return (
    <Page
      key="typed"
      class="page--name"
      title={t('name.title')}
      lead={problem === null ? t('name.lead') : undefined}
      actions={
        <SubmitButton does="submit-name" ready={name !== ''} onSubmit={submit}>
          {t('name.next')}
        </SubmitButton>
      }
    >
      {problem === null ? null : (
        <NoticeLine key={problem} tone="problem" text={t(`name.problem.${problem}`)} />
      )}
      <NameKeyboard value={name} onChange={setName} language={language} />
    </Page>
  );
}
