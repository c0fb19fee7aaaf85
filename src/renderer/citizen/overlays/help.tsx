import type { JSX } from 'preact';
import type { Screen, ScreenName } from '#domain/session/snapshot.ts';
import { useText } from '../context.ts';
import { ActButton } from '../frame/act-button.tsx';
import { Dialog } from './dialog.tsx';

/** Screens that say everything themselves and pass by, where the session knows no help. */
const WITHOUT_HELP = [
  'closed',
  'attract',
  'saving',
  'deciding',
  'take-card',
  'goodbye',
  'staff',
] as const satisfies readonly ScreenName[];
export type ScreenWithHelp = Exclude<ScreenName, (typeof WITHOUT_HELP)[number]>;

export function hasHelp(name: ScreenName): name is ScreenWithHelp {
  return !WITHOUT_HELP.some((without) => without === name);
}

type HelpedScreen = Extract<Screen, { readonly name: ScreenWithHelp }>;

export function isHelped(screen: Screen): screen is HelpedScreen {
  return hasHelp(screen.name);
}

/** What this screen is about, in other words, and a person to turn to while there is something to take over. */
export function HelpDialog(props: {
  readonly screen: HelpedScreen;
  readonly deskPossible: boolean;
}): JSX.Element {
  const t = useText();
  const { screen } = props;
  const proving = screen.name === 'password' && screen.purpose === 'prove';
  return (
    <Dialog
      name="help"
      title={t('help.title')}
      actions={
        <>
          {props.deskPossible ? (
            <ActButton event={{ type: 'ask-staff' }} look="secondary">
              {t('help.staff')}
            </ActButton>
          ) : null}
          <ActButton event={{ type: 'close-help' }} look="primary">
            {t('help.close')}
          </ActButton>
        </>
      }
    >
      <p class="dialog__text">{proving ? t('help.password-prove') : t(`help.${screen.name}`)}</p>
    </Dialog>
  );
}
