/*
 * A custom runtime over one raw socket: the smallest thing that speaks the Runtime API. The event
 * says what it does; anything unknown is echoed. Events are matched by their first word:
 *
 *   exit N            ends with that status             signal N   raises that signal
 *   sleep MS          answers later                     hang       never answers, ignores SIGTERM
 *   child             starts a child that ignores SIGTERM and hangs, then hangs itself
 *   eat MB            touches that much memory, gives it back, answers
 *   keep MB           the same, but keeps it
 *   say N             prints N lines                    spill MB   prints that many megabytes
 *   big BYTES         answers with that many bytes      error      posts an error
 *   count             answers with how often it was called
 *   write NAME        creates a file in TMPDIR          exists NAME  answers true or false
 *   env NAME          answers with a variable           headers    answers with the event's headers
 *   burn MS           uses the processor                twice      answers twice; answers with both statuses
 *   wrongid           posts to another request id first; answers with that status
 *   nextagain         asks for an event while it has one; answers with that status
 *   cut               announces more than it sends, then ends
 *   late MS           answers, then takes that long before it asks for the next event
 *   latesay           answers, then prints a line before it asks
 *   latexit N         answers, then ends
 *   chunked           answers with a chunked body and trailers
 *   midfail           the same with a failure in the trailers
 *   reconnect         closes the connection and answers on a new one
 *
 * The handler (_HANDLER) says how init goes: "init.ok" (anything), "init.hang", "init.exit",
 * "init.error", "init.once" (fails the first time, by a file in TMPDIR), "init.slow" (300 ms),
 * "init.leave" (asks for an event and ends with status 5).
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static int sock;
static char buf[1 << 20];
static size_t have;
static char id[128];
static char reply[1 << 16];

static void dial(void) {
  const char *api = getenv("AWS_LAMBDA_RUNTIME_API");
  struct sockaddr_in to = {.sin_family = AF_INET};
  to.sin_port = htons(atoi(strchr(api, ':') + 1));
  inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
  sock = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int one = 1;
  setsockopt(sock, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (connect(sock, (struct sockaddr *)&to, sizeof to)) _exit(70);
  have = 0;
}

static void put(const char *data, size_t size) {
  while (size > 0) {
    ssize_t n = write(sock, data, size);
    if (n <= 0) _exit(71);
    data += n;
    size -= n;
  }
}

/* Reads one answer; the body is at *body, its length is returned, the status is at *status. */
static size_t answer(char **body, int *status) {
  char *end;
  while (buf[have] = 0, !(end = strstr(buf, "\r\n\r\n"))) {
    ssize_t n = read(sock, buf + have, sizeof buf - 1 - have);
    if (n <= 0) _exit(72);
    have += n;
  }
  end += 4;
  *status = atoi(buf + 9);
  char *length = strstr(buf, "Content-Length: ");
  size_t size = length && length < end ? (size_t)atol(length + 16) : 0;
  size_t head = end - buf;
  while (have < head + size) {
    ssize_t n = read(sock, buf + have, sizeof buf - 1 - have);
    if (n <= 0) _exit(73);
    have += n;
  }
  buf[have] = 0;
  *body = end;
  have = 0; /* this client never has two answers under way */
  return size;
}

static int post(const char *path, const char *data, size_t size) {
  static char head[512];
  int n = snprintf(head, sizeof head,
                   "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %zu\r\n\r\n", path, size);
  if (size < 4096) {
    static char all[512 + 4096];
    memcpy(all, head, n);
    memcpy(all + n, data, size);
    put(all, n + size);
  } else {
    put(head, n);
    put(data, size);
  }
  char *body;
  int status;
  answer(&body, &status);
  return status;
}

static int respond(const char *data, size_t size) {
  static char path[256];
  snprintf(path, sizeof path, "/2018-06-01/runtime/invocation/%s/response", id);
  return post(path, data, size);
}

static int respond_text(const char *text) { return respond(text, strlen(text)); }

static void pause_ms(long ms) {
  struct timespec t = {ms / 1000, ms % 1000 * 1000000};
  nanosleep(&t, 0);
}

static void hang(void) {
  signal(SIGTERM, SIG_IGN);
  for (;;) pause();
}

static void touch(long mb, int keep) {
  volatile char *memory = malloc(mb << 20);
  for (long i = 0; i < mb << 20; i += 4096) memory[i] = 1;
  if (!keep) free((char *)memory);
}

static void chunked(int fail) {
  static char all[1024];
  int n = snprintf(all, sizeof all,
                   "POST /2018-06-01/runtime/invocation/%s/response HTTP/1.1\r\n"
                   "Host: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n"
                   "Trailer: Lambda-Runtime-Function-Error-Type, "
                   "Lambda-Runtime-Function-Error-Body\r\n\r\n"
                   "6\r\n\"chunk\r\n3;x=y\r\ned\"\r\n0\r\n%s\r\n",
                   id,
                   fail ? "Lambda-Runtime-Function-Error-Type: errorString\r\n"
                          "Lambda-Runtime-Function-Error-Body: "
                          "eyJlcnJvck1lc3NhZ2UiOiJtaWQiLCJlcnJvclR5cGUiOiJlcnJvclN0cmluZyJ9\r\n"
                        : "");
  put(all, n);
  char *body;
  int status;
  answer(&body, &status);
}

static void in_tmp(char *out, size_t size, const char *name) {
  snprintf(out, size, "%s/%s", getenv("TMPDIR"), name);
}

static void ask_next(void) {
  static const char next[] =
      "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
  put(next, sizeof next - 1);
}

static void init(void) {
  const char *how = getenv("_HANDLER");
  char path[512];
  if (!strcmp(how, "init.hang")) hang();
  if (!strcmp(how, "init.slow")) pause_ms(300);
  if (!strcmp(how, "init.exit")) {
    printf("leaving early\n");
    fflush(stdout);
    exit(3);
  }
  if (!strcmp(how, "init.leave")) {
    ask_next();
    exit(5);
  }
  int fail = !strcmp(how, "init.error");
  if (!strcmp(how, "init.once")) {
    in_tmp(path, sizeof path, "tried");
    fail = access(path, F_OK) != 0;
    if (fail) close(open(path, O_CREAT | O_WRONLY, 0600));
  }
  if (fail) {
    static char all[512];
    const char *body = "{\"errorMessage\":\"no luck\",\"errorType\":\"Runtime.NoLuck\",\"requestId\":\"\"}";
    int n = snprintf(all, sizeof all,
                     "POST /2018-06-01/runtime/init/error HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                     "Lambda-Runtime-Function-Error-Type: Runtime.NoLuck\r\n"
                     "Content-Length: %zu\r\n\r\n%s",
                     strlen(body), body);
    put(all, n);
    char *answered;
    int status;
    answer(&answered, &status);
    exit(1);
  }
}

static void act(char *event, size_t size) {
  static long calls;
  calls++;
  char word[32] = "";
  char arg[256] = "";
  if (size < 200 && event[0] == '"') sscanf(event, "\"%31[a-z] %255[^\"]", word, arg);
  long n = atol(arg);
  char path[512];
  if (!word[0]) {
    respond(event, size);
  } else if (!strcmp(word, "exit")) {
    exit(n);
  } else if (!strcmp(word, "signal")) {
    raise(n);
  } else if (!strcmp(word, "sleep")) {
    pause_ms(n);
    respond_text("\"slept\"");
  } else if (!strcmp(word, "hang")) {
    hang();
  } else if (!strcmp(word, "child")) {
    pid_t child = fork();
    if (child == 0) hang();
    printf("child %d\n", (int)child);
    fflush(stdout);
    hang();
  } else if (!strcmp(word, "eat") || !strcmp(word, "keep")) {
    touch(n, word[0] == 'k');
    respond_text("\"ate\"");
  } else if (!strcmp(word, "say")) {
    for (long i = 0; i < n; i++) printf("line %ld\n", i);
    fflush(stdout);
    fprintf(stderr, "to stderr\n");
    respond_text("\"said\"");
  } else if (!strcmp(word, "spill")) {
    static char line[1000];
    memset(line, 'x', 999);
    line[999] = '\n';
    for (long i = 0; i < n * 1000; i++) fwrite(line, 1, 1000, stdout);
    printf("the end\n");
    fflush(stdout);
    respond_text("\"spilled\"");
  } else if (!strcmp(word, "big")) {
    char *big = malloc(n);
    memset(big, 'b', n);
    big[0] = big[n - 1] = '"';
    respond(big, n);
    free(big);
  } else if (!strcmp(word, "error")) {
    snprintf(path, sizeof path, "/2018-06-01/runtime/invocation/%s/error", id);
    const char *body = "{\"errorMessage\":\"oh\",\"errorType\":\"ValueError\",\"stackTrace\":[]}";
    post(path, body, strlen(body));
  } else if (!strcmp(word, "count")) {
    snprintf(reply, sizeof reply, "%ld", calls);
    respond_text(reply);
  } else if (!strcmp(word, "write")) {
    in_tmp(path, sizeof path, arg);
    close(open(path, O_CREAT | O_WRONLY, 0600));
    respond_text("true");
  } else if (!strcmp(word, "exists")) {
    in_tmp(path, sizeof path, arg);
    respond_text(access(path, F_OK) ? "false" : "true");
  } else if (!strcmp(word, "env")) {
    const char *value = getenv(arg);
    snprintf(reply, sizeof reply, "\"%s\"", value ? value : "(unset)");
    respond_text(reply);
  } else if (!strcmp(word, "headers")) {
    size_t head = event - buf;
    memcpy(reply, buf, head);
    respond(reply, head);
  } else if (!strcmp(word, "burn")) {
    struct timespec from, now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    do {
      clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    } while ((now.tv_sec - from.tv_sec) * 1000 + (now.tv_nsec - from.tv_nsec) / 1000000 < n);
    respond_text("\"burnt\"");
  } else if (!strcmp(word, "twice")) {
    static char state[64];
    if (state[0]) {
      respond_text(state);
    } else {
      int one = respond_text("\"once\"");
      int two = respond_text("\"again\"");
      snprintf(state, sizeof state, "[%d,%d]", one, two);
    }
  } else if (!strcmp(word, "wrongid")) {
    int status = post("/2018-06-01/runtime/invocation/not-this-one/response", "1", 1);
    snprintf(reply, sizeof reply, "%d", status);
    respond_text(reply);
  } else if (!strcmp(word, "nextagain")) {
    char *body;
    int status;
    ask_next();
    size_t length = answer(&body, &status);
    snprintf(reply, sizeof reply, "[%d,%.*s]", status, (int)length, body);
    respond_text(reply);
  } else if (!strcmp(word, "cut")) {
    int length = snprintf(reply, sizeof reply,
                          "POST /2018-06-01/runtime/invocation/%s/response HTTP/1.1\r\n"
                          "Host: 127.0.0.1\r\nContent-Length: 100\r\n\r\n\"abc",
                          id);
    put(reply, length);
    exit(0);
  } else if (!strcmp(word, "late")) {
    respond_text("\"early\"");
    pause_ms(n);
  } else if (!strcmp(word, "latesay")) {
    respond_text("\"early\"");
    printf("after the answer\n");
    fflush(stdout);
  } else if (!strcmp(word, "latexit")) {
    respond_text("\"early\"");
    exit(n);
  } else if (!strcmp(word, "chunked") || !strcmp(word, "midfail")) {
    chunked(word[0] == 'm');
  } else if (!strcmp(word, "reconnect")) {
    close(sock);
    dial();
    respond_text("\"reconnected\"");
  } else {
    respond(event, size);
  }
}

int main(void) {
  dial();
  init();
  for (;;) {
    ask_next();
    char *body;
    int status;
    size_t size = answer(&body, &status);
    if (status != 200) exit(74);
    char *from = strstr(buf, "Aws-Request-Id: ") + 16;
    size_t length = strcspn(from, "\r");
    memcpy(id, from, length);
    id[length] = 0;
    act(body, size);
  }
}
