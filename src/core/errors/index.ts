/** What every code of every backend means: data, without words. */
export { catalogueError, errorCatalogue, errorInfo } from './errorInfo'
export type { ErrorInfo, ErrorQuestion } from './errorInfo'
export type { ErrorArea, WhatToDo } from './errorTable'
export type { ErrorMeaning } from './tables'
