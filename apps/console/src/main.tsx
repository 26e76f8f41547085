import { createRoot } from 'react-dom/client';
import { App } from './frame/app.js';
import './frame/frame.css';
import { prepareTexts } from './i18n/texts.js';
import { keepPages } from './offline/newer-version.js';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
await prepareTexts();
createRoot(root).render(<App />);
// After what is shown: it loads every page.
setTimeout(() => void keepPages(), 2_000);
