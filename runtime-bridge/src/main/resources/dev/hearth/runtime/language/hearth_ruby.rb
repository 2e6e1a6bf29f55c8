# Hearth's client of the Lambda Runtime API for Ruby 2.7 and later.
#
# Runs a handler the way AWS's own client does (handler lookup, context object, error payloads, log text), over one
# plain socket. Everything is inside one module, because handlers are methods of the top level.

# frozen_string_literal: true

HEARTH_BOOT = Process.clock_gettime(Process::CLOCK_MONOTONIC, :nanosecond)

require 'json'
require 'logger'
require 'socket'
require 'stringio'

$stdout.sync = true
$stderr.sync = true

module Hearth
  SELF = __FILE__

  class << self
    attr_accessor :request_id, :tenant_id

    # One log event: a line on stdout, with carriage returns for the line breaks inside it.
    def write_event(text)
      $stdout.write(text.to_s.encode('UTF-8', invalid: :replace, undef: :replace).chomp.tr("\n", "\r") + "\n")
    end

    def json_log?
      ENV['AWS_LAMBDA_LOG_FORMAT'].to_s.casecmp('JSON').zero?
    end

    def now
      Process.clock_gettime(Process::CLOCK_MONOTONIC, :nanosecond)
    end
  end

  # One kept-alive connection; each request is one write.
  class RuntimeApi
    ROOT = '/2018-06-01/runtime/'

    def initialize(address)
      host, port = address.split(':')
      @socket = TCPSocket.new(host, port.to_i)
      @socket.setsockopt(Socket::IPPROTO_TCP, Socket::TCP_NODELAY, 1)
      @common = "Host: #{address}\r\nUser-Agent: hearth-ruby/#{RUBY_VERSION}\r\n"
    end

    def next(phases)
      fields = phases ? "Hearth-Init-Phases: #{phases.join(',')}\r\n" : ''
      status, headers, body = exchange("GET #{ROOT}invocation/next HTTP/1.1\r\n#{@common}#{fields}\r\n")
      raise "The Runtime API refused to give an event: #{status} #{body}" unless status == 200

      [headers, body]
    end

    def respond(id, body, content_type)
      post("invocation/#{id}/response", body, "Content-Type: #{content_type}\r\n")
    end

    def fail(id, error)
      cause = JSON.generate(error.cause_for_xray, ascii_only: true)
      fields = error_fields(error)
      fields += "Lambda-Runtime-Function-XRay-Error-Cause: #{cause}\r\n" if cause.bytesize < 1024 * 1024
      post("invocation/#{id}/error", error.to_json, fields)
    end

    def fail_init(error, phases)
      post('init/error', error.to_json, error_fields(error) + "Hearth-Init-Phases: #{phases.join(',')}\r\n")
    end

    private

    def error_fields(error)
      "Content-Type: application/json\r\nLambda-Runtime-Function-Error-Type: #{error.reported_type}\r\n"
    end

    def post(path, body, fields)
      bytes = body.b
      status, _, answer = exchange(
        "POST #{ROOT}#{path} HTTP/1.1\r\n#{@common}#{fields}Content-Length: #{bytes.bytesize}\r\n\r\n".b + bytes
      )
      # A response that is too large fails the invocation but not the runtime.
      raise "The Runtime API refused #{path}: #{status} #{answer}" unless [202, 413].include?(status)
    end

    def exchange(request)
      @socket.write(request)
      head = @socket.gets("\r\n\r\n")
      exit!(1) if head.nil? # Hearth is gone; nobody is left to answer.
      lines = head.force_encoding('UTF-8').split("\r\n")
      headers = {}
      lines.drop(1).each do |line|
        name, value = line.split(':', 2)
        headers[name.downcase] = value.strip
      end
      body = @socket.read(headers.fetch('content-length', '0').to_i) || ''
      [lines.first.split(' ', 3)[1].to_i, headers, body]
    end
  end

  # What a handler gets as context:, with the names of AWS's client.
  class LambdaContext
    attr_reader :aws_request_id, :invoked_function_arn, :log_group_name, :log_stream_name, :function_name,
                :memory_limit_in_mb, :function_version, :identity, :client_context, :deadline_ms, :tenant_id

    def initialize(headers)
      @deadline_ms = headers['lambda-runtime-deadline-ms'].to_i
      @aws_request_id = headers['lambda-runtime-aws-request-id']
      @invoked_function_arn = headers['lambda-runtime-invoked-function-arn']
      @tenant_id = headers['lambda-runtime-aws-tenant-id']
      @log_group_name = ENV['AWS_LAMBDA_LOG_GROUP_NAME']
      @log_stream_name = ENV['AWS_LAMBDA_LOG_STREAM_NAME']
      @function_name = ENV['AWS_LAMBDA_FUNCTION_NAME']
      @memory_limit_in_mb = ENV['AWS_LAMBDA_FUNCTION_MEMORY_SIZE']
      @function_version = ENV['AWS_LAMBDA_FUNCTION_VERSION']
      @identity = parsed(headers['lambda-runtime-cognito-identity'])
      @client_context = parsed(headers['lambda-runtime-client-context'])
    end

    def get_remaining_time_in_millis
      [@deadline_ms - Process.clock_gettime(Process::CLOCK_REALTIME, :millisecond), 0].max
    end

    private

    def parsed(text)
      text && JSON.parse(text)
    end
  end

  # An error as the caller gets it, and as it is reported beside.
  class Failure
    KNOWN = %w[ArgumentError NoMethodError Exception StandardError NameError LoadError SystemExit SystemStackError].freeze
    MOST_FRAMES = 100
    MOST_FRAMES_FOR_XRAY = 15

    def initialize(error, phase)
      @class_name = error.class.to_s
      @type = "#{phase}<#{@class_name}>"
      @message = error.message.to_s.encode('UTF-8', invalid: :replace, undef: :replace)
      @frames = (error.backtrace_locations || []).first(MOST_FRAMES).take_while { |frame| frame.path != SELF }
    end

    def reported_type
      KNOWN.include?(@class_name) ? @type : 'Function<UserException>'
    end

    def payload
      { errorMessage: @message, errorType: @type, stackTrace: @frames.map(&:to_s) }
    end

    def to_json(*)
      JSON.generate(payload)
    end

    def cause_for_xray
      stack = @frames.first(MOST_FRAMES_FOR_XRAY).map do |frame|
        { path: frame.path, line: frame.lineno, label: frame.label }
      end
      { working_directory: Dir.pwd, paths: $LOAD_PATH, exceptions: [{ message: @message, type: @type, stack: stack }] }
    end

    def log(title)
      if Hearth.json_log?
        line = { timestamp: Time.now.utc.strftime('%Y-%m-%dT%H:%M:%S.%LZ'), level: 'ERROR', message: title }
        Hearth.write_event(JSON.generate(line.merge(payload, requestId: Hearth.request_id).compact))
      else
        Hearth.write_event(title)
        Hearth.write_event(JSON.pretty_generate(payload))
      end
    end
  end

  # Logger lines with the id of the request in them.
  class TextFormatter < Logger::Formatter
    def call(severity, time, progname, msg)
      stamp = time.strftime('%Y-%m-%dT%H:%M:%S.%6N')
      text = msg2str(msg).encode('UTF-8', invalid: :replace, undef: :replace).chomp.tr("\n", "\r")
      format("%s, [%s #%d] %5s %s -- %s: %s\n", severity[0], stamp, $$, severity, Hearth.request_id, progname, text)
    end
  end

  class JsonFormatter < Logger::Formatter
    def call(severity, time, progname, msg)
      line = { timestamp: time.utc.strftime('%Y-%m-%dT%H:%M:%S.%6NZ'), level: severity }
      line[:message] = msg.is_a?(Exception) ? msg.message : msg2str(msg)
      line[:requestId] = Hearth.request_id
      line[:logger] = progname
      line[:tenantId] = Hearth.tenant_id
      if msg.is_a?(Exception)
        line.merge!(errorType: msg.class.to_s, errorMessage: msg.message, stackTrace: Array(msg.backtrace))
      end
      "#{JSON.generate(line.compact)}\n"
    end
  end

  # Loggers that write to the console get Lambda's lines, unless their owner formats them.
  module LambdaLogger
    LEVELS = { 'TRACE' => 'DEBUG', 'DEBUG' => 'DEBUG', 'INFO' => 'INFO', 'WARN' => 'WARN', 'ERROR' => 'ERROR',
               'FATAL' => 'FATAL' }.freeze

    def initialize(logdev, *arguments, **options)
      console = logdev.nil? || logdev.equal?($stdout) || logdev.equal?($stderr)
      level = LEVELS[ENV['AWS_LAMBDA_LOG_LEVEL'].to_s.upcase]
      options = { level: level }.merge(options) if console && level
      super(console ? $stdout : logdev, *arguments, **options)
      @default_formatter = Hearth.json_log? ? JsonFormatter.new : TextFormatter.new if console
    end
  end
  Logger.prepend(LambdaLogger)

  # What puts writes stays one log event, as with AWS's client.
  module OneEvent
    private

    def puts(*values)
      Hearth.write_event(values.empty? ? '' : values.flatten.map { |value| value.to_s.chomp }.join("\n"))
    end
  end

  class Handler
    FORM = 'Invalid handler %s, must be of form FILENAME.METHOD or FILENAME.CLASS.METHOD where FILENAME corresponds ' \
           'with an existing Ruby source file FILENAME.rb, CLASS is an optional module/class namespace and METHOD is a ' \
           'callable method. If using CLASS, METHOD must be a class-level method.'

    def initialize(text)
      parts = text.split('.')
      raise ArgumentError, format(FORM, parts.inspect) unless [2, 3].include?(parts.size)

      @file = parts.first
      @class_name = parts[1] if parts.size == 3
      @method_name = parts.last
    end

    def load
      require @file
    end

    # The answer's bytes and their content type.
    def call(event, context)
      target = @class_name ? Kernel.const_get(@class_name) : self
      result = target.__send__(@method_name, event: event, context: context)
      case result
      when StringIO, IO then [result.read, 'application/unknown']
      else [result.to_json, 'application/json']
      end
    end
  end

  class Runner
    def initialize
      @api = RuntimeApi.new(ENV.fetch('AWS_LAMBDA_RUNTIME_API'))
    end

    def run
      root = ENV['LAMBDA_TASK_ROOT'] || Dir.pwd
      $LOAD_PATH.unshift(root) unless $LOAD_PATH.include?(root)
      start = Hearth.now
      begin
        handler = Handler.new(ENV.fetch('_HANDLER'))
        handler.load
      rescue Exception => e # rubocop:disable Lint/RescueException -- whatever user code does while it is loaded
        init_failed(e, [HEARTH_BOOT, start, Hearth.now])
      end
      serve(handler, [HEARTH_BOOT, start, Hearth.now])
    end

    private

    def init_failed(error, phases)
      failure = Failure.new(error, 'Init')
      failure.log('Init error when loading handler ')
      say_when_the_sdk_is_missing(error)
      @api.fail_init(failure, phases)
      exit!(252)
    end

    def serve(handler, phases)
      loop do
        headers, body = @api.next(phases)
        phases = nil
        id = Hearth.request_id = headers['lambda-runtime-aws-request-id']
        Hearth.tenant_id = headers['lambda-runtime-aws-tenant-id']
        ENV['_X_AMZN_TRACE_ID'] = headers['lambda-runtime-trace-id']
        invoke(handler, id, headers, body)
      end
    end

    def invoke(handler, id, headers, body)
      text = body.force_encoding('UTF-8')
      event = headers['content-type'] == 'application/json' ? JSON.parse(text) : text
      answer, content_type = handler.call(event, LambdaContext.new(headers))
      @api.respond(id, answer, content_type)
    rescue NameError => e
      critical(id, e)
    rescue StandardError => e
      failure = Failure.new(e, 'Function')
      failure.log('Error raised from handler method')
      @api.fail(id, failure)
    rescue Exception => e # rubocop:disable Lint/RescueException -- exit and the like end the process, answered
      critical(id, e)
    end

    # Lambda's Ruby starts anew after an error that says that the code itself is wrong.
    def critical(id, error)
      failure = Failure.new(error, 'Function')
      failure.log('Critical exception from handler')
      say_when_the_sdk_is_missing(error)
      @api.fail(id, failure)
      exit!(255)
    end

    def say_when_the_sdk_is_missing(error)
      return unless error.is_a?(LoadError) && error.path.to_s.start_with?('aws-sdk')

      Hearth.write_event("#{error.path} comes with Lambda's Ruby runtimes and is not installed on this machine. " \
                         'Install it with: gem install aws-sdk')
    end
  end
end

Object.include(Hearth::OneEvent)
Hearth::Runner.new.run
