package soloist.http;

/**
 * Who may use a route. Each says it where it is mounted, so that one that says nothing does not
 * compile.
 */
public sealed interface Access permits Door, Permission {}
