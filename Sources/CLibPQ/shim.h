#include <libpq-fe.h>

#if defined(__linux__)
/* For waiting on libpq's sockets; the toolchain's Glibc module leaves it out. */
#include <sys/epoll.h>
#endif
