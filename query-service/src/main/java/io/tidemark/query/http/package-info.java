/**
 * The door itself: the server and its limits, who sent a request and what it is called, the one shape of a problem, the one
 * place where an answer becomes a status. In which form an answer is wanted, where there are two ({@link io.tidemark.query.http.Form}): JSON or a file
 * of CSV. And answers that go on for as long as somebody reads them ({@link io.tidemark.query.http.LongAnswer}).
 *
 * <p>Owns Jetty, Javalin's settings, JSON and {@link io.tidemark.query.http.Replies}. Does not know what is asked for or who
 * may ask.
 */
@NullMarked
package io.tidemark.query.http;

import org.jspecify.annotations.NullMarked;
