/** Evaluations and reconstruction pictures; knows no engine. */
package io.mae4j.eval;
