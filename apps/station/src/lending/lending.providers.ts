import type { Provider, Type } from '@nestjs/common';
import { AcceptLoan } from './accept-loan.js';
import { BeginReturn } from './begin-return.js';
import { JoinPool, TakeBackDriver } from './change-pool.js';
import { EndLoan, LapseLoan } from './end-loan.js';
import { LoanRow } from './loan.entity.js';
import { LoanStepsController } from './loan-steps.controller.js';
import { LoansController } from './loans.controller.js';
import { Loans } from './loans.reader.js';
import { OfferDriver } from './offer-driver.js';
import { ReportedDriversController } from './reported-drivers.controller.js';

/** Relay drivers whom one area lends another. */
export const lendingProviders: Provider[] = [
  OfferDriver,
  AcceptLoan,
  EndLoan,
  LapseLoan,
  JoinPool,
  BeginReturn,
  TakeBackDriver,
  Loans,
];
export const lendingControllers: Type[] = [LoansController, LoanStepsController, ReportedDriversController];
export const lendingEntities = [LoanRow];
