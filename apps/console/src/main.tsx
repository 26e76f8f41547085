import { createRoot } from 'react-dom/client';
import { App } from './frame/app.js';
import './frame/frame.css';
import { prepareTexts } from './i18n/texts.js';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
await prepareTexts();
createRoot(root).render(<App />);
