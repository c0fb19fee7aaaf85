import type { JSX } from 'preact';
import { assertNever } from '#domain/result.ts';
import type { Snapshot } from '#domain/session/snapshot.ts';
import { AttractScreen } from './screens/attract.tsx';
import { CameraProblemScreen } from './screens/camera-problem.tsx';
import { CardScreen } from './screens/card.tsx';
import { CheckedScreen } from './screens/checked.tsx';
import { ClosedScreen } from './screens/closed.tsx';
import { CollectScreen } from './screens/collect.tsx';
import { ConsentScreen } from './screens/consent.tsx';
import { DecidingScreen } from './screens/deciding.tsx';
import { ExchangeScreen } from './screens/exchange.tsx';
import { FaceScreen } from './screens/face.tsx';
import { FaceFailedScreen } from './screens/face-failed.tsx';
import { GoodbyeScreen } from './screens/goodbye.tsx';
import { IssuedScreen } from './screens/issued.tsx';
import { LanguageScreen } from './screens/language.tsx';
import { NameScreen } from './screens/name.tsx';
import { NumberScreen } from './screens/number.tsx';
import { PasswordScreen } from './screens/password.tsx';
import { PhoneScreen } from './screens/phone.tsx';
import { PhoneConfirmScreen } from './screens/phone-confirm.tsx';
import { RejectedScreen } from './screens/rejected.tsx';
import { ReviewScreen } from './screens/review.tsx';
import { RevokedScreen } from './screens/revoked.tsx';
import { SaveFailedScreen } from './screens/save-failed.tsx';
import { SavingScreen } from './screens/saving.tsx';
import { ScanEidScreen } from './screens/scan-eid.tsx';
import { ScanSlipScreen } from './screens/scan-slip.tsx';
import { SlipScreen } from './screens/slip.tsx';
import { StaffScreen } from './screens/staff.tsx';
import { StatusScreen } from './screens/status.tsx';
import { TakeCardScreen } from './screens/take-card.tsx';
import { TicketScreen } from './screens/ticket.tsx';
import { VisitScreen } from './screens/visit.tsx';
import { WaitingScreen } from './screens/waiting.tsx';

/** One component for each screen that the station can name. */
export function ScreenView(props: { readonly snapshot: Snapshot }): JSX.Element {
  const { screen, helpOpen, cancelAsked } = props.snapshot;
  switch (screen.name) {
    case 'closed':
      return <ClosedScreen reason={screen.reason} />;
    case 'attract':
      return <AttractScreen />;
    case 'language':
      return <LanguageScreen />;
    case 'visit':
      return <VisitScreen unavailable={screen.unavailable} />;
    case 'consent':
      return <ConsentScreen textVersion={screen.textVersion} />;
    case 'phone':
      return <PhoneScreen problem={screen.problem} />;
    case 'phone-confirm':
      return <PhoneConfirmScreen lastFour={screen.lastFour} />;
    case 'password':
      return <PasswordScreen key={screen.purpose} purpose={screen.purpose} problem={screen.problem} />;
    case 'number':
      return <NumberScreen problem={screen.problem} />;
    case 'name':
      return <NameScreen key={screen.suggested} suggested={screen.suggested} problem={screen.problem} />;
    case 'card':
      return <CardScreen state={screen.state} problem={screen.problem} />;
    case 'face':
      return (
        <FaceScreen
          attempt={screen.attempt}
          actions={screen.actions}
          flashes={screen.flashes}
          view={screen.view}
          covered={helpOpen || cancelAsked}
        />
      );
    case 'face-failed':
      return <FaceFailedScreen reason={screen.reason} triesLeft={screen.triesLeft} />;
    case 'exchange':
      return <ExchangeScreen key={screen.exchanged.join()} exchanged={screen.exchanged} />;
    case 'camera-problem':
      return <CameraProblemScreen problem={screen.problem} />;
    case 'review':
      return <ReviewScreen review={screen.review} />;
    case 'saving':
      return <SavingScreen />;
    case 'save-failed':
      return <SaveFailedScreen reason={screen.reason} />;
    case 'deciding':
      return <DecidingScreen />;
    case 'issued':
      return <IssuedScreen eid={screen.eid} />;
    case 'collect':
      return <CollectScreen />;
    case 'revoked':
      return <RevokedScreen />;
    case 'waiting':
      return <WaitingScreen application={screen.application} reason={screen.reason} detail={screen.detail} />;
    case 'rejected':
      return <RejectedScreen application={screen.application} reason={screen.reason} />;
    case 'slip':
      return <SlipScreen slip={screen.slip} />;
    case 'ticket':
      return <TicketScreen ticket={screen.ticket} />;
    case 'scan-slip':
      return <ScanSlipScreen problem={screen.problem} />;
    case 'status':
      return <StatusScreen status={screen.status} />;
    case 'scan-eid':
      return <ScanEidScreen problem={screen.problem} />;
    case 'checked':
      return <CheckedScreen check={screen.check} />;
    case 'staff':
      return <StaffScreen />;
    case 'take-card':
      return <TakeCardScreen />;
    case 'goodbye':
      return <GoodbyeScreen />;
    default:
      return assertNever(screen);
  }
}
