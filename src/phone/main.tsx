import '#ui/theme/fonts.css';
import '#ui/theme/tokens.css';
import '#ui/theme/base.css';
import { render } from 'preact';
import { PhonePage } from './phone-page.tsx';

const root = document.getElementById('page');
if (root === null) throw new Error('phone/index.html lacks the element with id "page"');
render(<PhonePage />, root);
