/**
 * What an engine implements: a {@link io.mae4j.api.backend.BackendProvider} found by {@link
 * java.util.ServiceLoader} opens a {@link io.mae4j.api.backend.Backend}, which compiles programs to
 * {@link io.mae4j.api.backend.Executable}s. No array type of an engine appears here.
 */
package io.mae4j.api.backend;
