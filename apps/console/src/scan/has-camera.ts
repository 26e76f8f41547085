/** Whether this device may show its camera to this page: over plain HTTP at another host it may not. */
export const hasCamera = (): boolean => window.isSecureContext && 'mediaDevices' in navigator;
