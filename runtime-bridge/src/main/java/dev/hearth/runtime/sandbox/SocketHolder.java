package dev.hearth.runtime.sandbox;

import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.net.Socket;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds out whether some processes hold the other end of a connection of this machine with itself.
 * The kernel is asked for the one socket by its addresses (sock_diag): {@code /proc/net/tcp} lists
 * all there are, and takes longer than all the rest of accepting a connection.
 */
final class SocketHolder {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfShort NETWORK_SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW_CLOEXEC = 3 | Libc.O_CLOEXEC;
  private static final int NETLINK_SOCK_DIAG = 4;
  private static final short SOCK_DIAG_BY_FAMILY = 20;
  private static final short NLM_F_REQUEST = 1;
  private static final byte AF_INET = 2;
  private static final byte IPPROTO_TCP = 6;
  private static final int HEADER = 16;
  private static final int REQUEST = HEADER + 56;
  private static final int ADDRESSES = HEADER + 8;
  private static final int INODE = HEADER + 68;
  private static final int ANSWER = 4096;
  private static final int MSG_DONTWAIT = 0x40;

  private static final MemorySegment SOCKET = Libc.symbol("socket");
  private static final MemorySegment RECV = Libc.symbol("recv");

  private SocketHolder() {}

  /** What is known of who is at the other end. */
  enum Answer {
    HELD,
    NOT_HELD,
    /** The kernel does not say, or none of the processes may be looked at. */
    UNKNOWN
  }

  /**
   * @param connection accepted from an IPv4 address of this machine
   */
  static Answer holds(List<Integer> pids, Socket connection) {
    long inode = inodeOfPeer(connection);
    if (inode <= 0) {
      return Answer.UNKNOWN;
    }
    String wanted = "socket:[" + inode + "]";
    boolean seen = false;
    for (int pid : pids) {
      File folder = new File("/proc/" + pid + "/fd");
      String[] descriptors = folder.list();
      for (String descriptor : descriptors == null ? new String[0] : descriptors) {
        seen = true;
        if (wanted.equals(target(folder.toPath().resolve(descriptor)))) {
          return Answer.HELD;
        }
      }
    }
    return seen ? Answer.NOT_HELD : Answer.UNKNOWN;
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      // Closed since the folder was listed: then it is not the one that waits for us.
      return "";
    }
  }

  /** The number of the other end's socket; 0 or less when the kernel does not tell. */
  static long inodeOfPeer(Socket connection) {
    if (!(connection.getInetAddress() instanceof Inet4Address peer)
        || !(connection.getLocalAddress() instanceof Inet4Address own)) {
      return 0;
    }
    int netlink = Libc.call(SOCKET, AF_NETLINK, SOCK_RAW_CLOEXEC, NETLINK_SOCK_DIAG);
    if (netlink < 0) {
      return netlink;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment message = arena.allocate(ANSWER, 8);
      write(message, peer, connection.getPort());
      message.set(NETWORK_SHORT, ADDRESSES + 2, (short) connection.getLocalPort());
      address(message, ADDRESSES + 20, own);
      if (Libc.write(netlink, message.asSlice(0, REQUEST)) != REQUEST) {
        return 0;
      }
      long length = Libc.call(RECV, netlink, message.address(), ANSWER, MSG_DONTWAIT, 0, 0);
      boolean found =
          length >= INODE + 4 && message.get(ValueLayout.JAVA_SHORT, 4) == SOCK_DIAG_BY_FAMILY;
      return found ? Integer.toUnsignedLong(message.get(INT, INODE)) : 0;
    } finally {
      Libc.close(netlink);
    }
  }

  private static void write(MemorySegment message, Inet4Address source, int sourcePort) {
    message.set(INT, 0, REQUEST);
    message.set(ValueLayout.JAVA_SHORT, 4, SOCK_DIAG_BY_FAMILY);
    message.set(ValueLayout.JAVA_SHORT, 6, NLM_F_REQUEST);
    message.set(ValueLayout.JAVA_BYTE, HEADER, AF_INET);
    message.set(ValueLayout.JAVA_BYTE, HEADER + 1, IPPROTO_TCP);
    message.set(INT, HEADER + 4, -1);
    message.set(NETWORK_SHORT, ADDRESSES, (short) sourcePort);
    address(message, ADDRESSES + 4, source);
    // Any interface, no cookie.
    message.set(INT, ADDRESSES + 40, -1);
    message.set(INT, ADDRESSES + 44, -1);
  }

  private static void address(MemorySegment message, long offset, Inet4Address address) {
    MemorySegment.copy(address.getAddress(), 0, message, ValueLayout.JAVA_BYTE, offset, 4);
  }
}
